package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Locale;

/** Enums as words in lower case, such as {@code uint8}, with no annotation on the enum. */
final class LowerCaseEnum {

    private LowerCaseEnum() {}

    static <E extends Enum<E>> void register(SimpleModule module, Class<E> type) {
        module.addSerializer(type, new Printer<>(type));
        module.addDeserializer(type, new Reader<>(type));
    }

    private static final class Printer<E extends Enum<E>> extends StdSerializer<E> {
        private static final long serialVersionUID = 1L;

        Printer(Class<E> type) {
            super(type);
        }

        @Override
        public void serialize(E value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static final class Reader<E extends Enum<E>> extends StdDeserializer<E> {
        private static final long serialVersionUID = 1L;

        private final Class<E> type;

        Reader(Class<E> type) {
            super(type);
            this.type = type;
        }

        @Override
        public E deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String word = in.getText();
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return constant;
                }
            }
            return type.cast(context.handleWeirdStringValue(type, word, "not one of the known words"));
        }
    }
}
