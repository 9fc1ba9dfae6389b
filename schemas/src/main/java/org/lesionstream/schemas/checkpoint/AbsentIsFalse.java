package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads a flag that older documents do not have: absent is false. Null is refused, as for every other value that is not optional. */
final class AbsentIsFalse extends StdDeserializer<Boolean> {

    private static final long serialVersionUID = 1L;

    AbsentIsFalse() {
        super(boolean.class);
    }

    @Override
    public Boolean deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return _parseBooleanPrimitive(parser, context);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return false;
    }

    @Override
    public Boolean getNullValue(DeserializationContext context) throws JsonMappingException {
        return context.reportInputMismatch(this, "a flag must not be null");
    }
}
