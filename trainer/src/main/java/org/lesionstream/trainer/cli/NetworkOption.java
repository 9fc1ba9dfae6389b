package org.lesionstream.trainer.cli;

import java.util.List;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which network, in the options that every command on networks shares. */
final class NetworkOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "N",
            converter = NetworkConverter.class,
            description = {
                "name[:key=value,...], such as unet-same:base=32. Names: unet-valid, unet-same, unet-vgg, unet-uctrans,",
                "unet-pvt, unetpp-vgg, unetpp-preact, unetpp-plain, unetpp-nnunet, unetpp-pvt, unetv2, uctransnet,",
                "uctransnet-u2, u2net, u2netp. An unknown key is answered with those that exist."
            })
    private NetworkSpec network;

    @Option(
            names = "--skip",
            paramLabel = "S",
            description = "Skip connections of a U-Net: concat, sum, none, sdi or ctrans; the same as the key skip.")
    private String skip;

    @Option(
            names = "--skips",
            split = ",",
            paramLabel = "L",
            description = "Levels that have a skip connection, 1 the finest, such as 1,3; the same as the key skips.")
    private List<Integer> levels = List.of();

    /** The network that was asked for, or, with its skip connections, the usual one. */
    NetworkSpec orElse(NetworkSpec usual) {
        return withSkips(network == null ? usual : network);
    }

    /** The network, which must have been named. */
    NetworkSpec required() {
        if (network == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Missing required option: '--network=N'");
        }
        return withSkips(network);
    }

    private NetworkSpec withSkips(NetworkSpec plain) {
        NetworkSpec chosen = plain;
        if (skip != null) {
            chosen = chosen.with("skip", skip);
        }
        if (!levels.isEmpty()) {
            chosen = chosen.with(
                    "skips",
                    String.join("/", levels.stream().map(String::valueOf).toList()));
        }
        try {
            return NetworkCatalog.build(chosen).spec();
        } catch (IllegalArgumentException unknown) {
            throw new CommandLine.ParameterException(spec.commandLine(), unknown.getMessage(), unknown);
        }
    }
}
