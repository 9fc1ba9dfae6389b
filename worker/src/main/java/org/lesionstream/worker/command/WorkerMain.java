package org.lesionstream.worker.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/**
 * The program. Without arguments it is the worker; otherwise it runs one command, and starts neither HTTP nor
 * migrations for it.
 */
@QuarkusMain
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run(arguments);
        } else {
            System.exit(new CommandLine(new WorkerCommand()).execute(arguments));
        }
    }
}
