package org.lesionstream.schemas;

import org.lesionstream.hostile.HostileInputContract;

class HostileInputTest extends HostileInputContract {}
