package org.lesionstream.trainer;

import org.lesionstream.hostile.HostileInputContract;

class HostileInputTest extends HostileInputContract {}
