/**
 * The command line of the local stack. In: arguments. Out: an exit status, 0 only on success. The only package that knows the command-line
 * library.
 */
package org.lesionstream.local.cli;
