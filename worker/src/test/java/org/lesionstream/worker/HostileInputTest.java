package org.lesionstream.worker;

import org.lesionstream.hostile.HostileInputContract;

class HostileInputTest extends HostileInputContract {}
