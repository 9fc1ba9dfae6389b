package org.lesionstream.trainer.cli;

import org.lesionstream.trainer.adopt.Contract;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code logits-nchw} and its like on the command line. */
final class ContractConverter implements ITypeConverter<Contract> {

    @Override
    @SuppressWarnings("UnusedException") // the new message says what the old one said
    public Contract convert(String text) {
        try {
            return Contract.ofText(text);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
