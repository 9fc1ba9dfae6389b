/**
 * Input made to do harm, for the tests of all modules.
 *
 * <p>A module names its readers as {@link org.lesionstream.hostile.Target}s and announces them as a service. The same list is fed with damaged copies of sound
 * files by {@link org.lesionstream.hostile.HostileInputContract} in every build, and by a fuzzer that is led by coverage when {@link
 * org.lesionstream.hostile.FuzzRun} is asked for. Depends on JUnit and on nothing of this project.
 */
package org.lesionstream.hostile;
