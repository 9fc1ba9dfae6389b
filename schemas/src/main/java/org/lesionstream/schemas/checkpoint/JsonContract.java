package org.lesionstream.schemas.checkpoint;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A type of document: a record together with the JSON Schema document that describes its JSON.
 *
 * <ul>
 *   <li>What {@link #read} returns was valid JSON, fulfilled the schema and passed every check of the record.
 *   <li>A fault is named by its JSON pointer, never by the offending value or by a field that the schema does not know.
 *   <li>The schema is compiled once; an object of this class may be used by any number of threads.
 * </ul>
 *
 * @param <T> the record
 */
public final class JsonContract<T> {

    private static final String ADDRESS = "https://lesionstream.org/contract/";
    private static final ObjectMapper JSON = ContractModule.mapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaMappers(mappers -> mappers.mapPrefix(ADDRESS, "classpath:contract/")));
    private static final SchemaValidatorsConfig VALIDATION = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(JsonContract::regularExpression)
            .build();

    private final Class<T> type;
    private final String document;
    private final JsonSchema schema;
    private final Set<String> fields;

    /**
     * Loads and compiles a contract.
     *
     * @param type record that the document is read into
     * @param document name and version of the contract, such as {@code checkpoint-manifest.v1}
     */
    public JsonContract(Class<T> type, String document) {
        this.type = type;
        this.document = document;
        this.schema = schema(document + ".schema.json");
        this.schema.initializeValidators();
        this.fields = fields(schema.getSchemaNode()).collect(toUnmodifiableSet());
    }

    /**
     * Reads and checks a document.
     *
     * @throws ContractViolationException if it is not JSON, or not what the contract says
     */
    @SuppressWarnings("UnusedException") // a parser's exception quotes the document, which may hold a name
    public T read(byte[] json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (IOException notJson) {
            throw ContractViolationException.notJson(document);
        }
        if (tree == null || tree.isMissingNode()) {
            throw ContractViolationException.notJson(document);
        }
        FaultPointer pointer = new FaultPointer(tree, fields);
        Optional<String> endless = pointer.ofEndlessNumber();
        if (endless.isPresent()) {
            throw violation(endless.get());
        }
        Set<ValidationMessage> faults = schema.validate(tree);
        if (!faults.isEmpty()) {
            throw violation(pointer.of(faults.iterator().next()));
        }
        try {
            return JSON.treeToValue(tree, type);
        } catch (JsonMappingException refused) {
            throw violation(pointer.of(refused));
        } catch (JsonProcessingException refused) {
            throw violation("");
        }
    }

    /** The document as compact JSON in UTF-8, fields in the order of the record. */
    public byte[] write(T value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot print a " + type.getSimpleName(), impossible);
        }
    }

    /** The document as indented JSON in UTF-8, for files that people read. */
    public byte[] writeIndented(T value) {
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot print a " + type.getSimpleName(), impossible);
        }
    }

    /** The canonical form of the document, see {@link CanonicalJson}. */
    byte[] writeCanonical(T value) {
        return CanonicalJson.print(JSON.valueToTree(value));
    }

    private static JsonSchema schema(String file) {
        return SCHEMAS.getSchema(SchemaLocation.of(ADDRESS + file), VALIDATION);
    }

    /** Names of all fields that a schema describes, itself or in another document. */
    private static Stream<String> fields(JsonNode schema) {
        Stream<String> own = schema.path("properties").properties().stream().map(Map.Entry::getKey);
        String reference = schema.path("$ref").asText();
        Stream<String> referred = reference.isEmpty() || reference.startsWith("#")
                ? Stream.empty()
                : fields(schema(reference).getSchemaNode());
        Stream<String> inside =
                StreamSupport.stream(schema.spliterator(), false).flatMap(JsonContract::fields);
        return Stream.of(own, referred, inside).flatMap(names -> names);
    }

    /** As ECMA 262 wants: a closing {@code $} is the very end, where Java would allow a line break after it. */
    private static RegularExpression regularExpression(String expression) {
        Pattern pattern = Pattern.compile(expression.replaceAll("\\$$", "\\\\z"));
        return text -> pattern.matcher(text).find();
    }

    /** A violation of this contract, found by a rule that the schema cannot express. */
    private ContractViolationException violation(String pointer) {
        return ContractViolationException.at(document, pointer);
    }
}
