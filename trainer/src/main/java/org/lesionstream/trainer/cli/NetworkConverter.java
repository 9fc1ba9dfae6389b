package org.lesionstream.trainer.cli;

import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code name[:key=value,...]} on the command line; refuses names and options that no network has. */
final class NetworkConverter implements ITypeConverter<NetworkSpec> {

    @Override
    @SuppressWarnings("UnusedException") // the message goes on
    public NetworkSpec convert(String text) {
        try {
            NetworkSpec spec = NetworkSpec.parse(text);
            return NetworkCatalog.build(spec).spec();
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
