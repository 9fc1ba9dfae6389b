package org.lesionstream.worker.command;

import java.util.Arrays;
import org.lesionstream.worker.broker.GroupKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kinds of groups as the settings name them. */
final class GroupKindText implements ITypeConverter<GroupKind> {
    @Override
    public GroupKind convert(String text) {
        return Arrays.stream(GroupKind.values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + text + "' is neither consumer-group nor share-group"));
    }
}
