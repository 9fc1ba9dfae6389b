package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.lesion.IntensityStatistics;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.ShapeMeasures;
import org.lesionstream.schemas.lesion.VolumeLesion;

/** How the contracts are printed; gives JSON names to the picture and lesion types, which know nothing of JSON themselves. */
final class ContractModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Deep enough for every contract; deeper documents are refused before they cost memory. */
    private static final int MAX_DEPTH = 32;

    private ContractModule() {
        super("lesionstream-contracts");
        setMixInAnnotation(PixelSpacing.class, PixelSpacingJson.class);
        setMixInAnnotation(IntensityRule.class, IntensityRuleJson.class);
        setMixInAnnotation(LesionStatistics.class, LesionStatisticsJson.class);
        setMixInAnnotation(LesionShape.class, UnknownIsNull.class);
        setMixInAnnotation(ShapeMeasures.class, UnknownIsNull.class);
        setMixInAnnotation(VolumeLesion.class, UnknownIsNull.class);
        setMixInAnnotation(LesionRules.class, LesionRulesJson.class);
        setMixInAnnotation(AliasChange.class, AliasChangeJson.class);
        addDeserializer(boolean.class, new AbsentIsFalse());
        LowerCaseEnum.register(this, SampleType.class);
        LowerCaseEnum.register(this, GeometryKind.class);
        LowerCaseEnum.register(this, OutputKind.class);
        LowerCaseEnum.register(this, Lineage.Origin.class);
    }

    /** A mapper that refuses doubtful JSON: no key twice, nothing after the document, no null where a number belongs. */
    static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(
                                Integer.MAX_VALUE) // inline pictures; the length of a message is limited before
                        .build())
                .build();
        JsonMapper mapper = JsonMapper.builder(factory)
                .addModules(new Jdk8Module(), new JavaTimeModule(), new ContractModule())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.USE_DEFAULTS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // the schemas say which may be there
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        JsonSetter.Value absentIsEmpty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        mapper.configOverride(List.class).setSetterInfo(absentIsEmpty);
        mapper.configOverride(Map.class).setSetterInfo(absentIsEmpty);
        return mapper;
    }

    private interface PixelSpacingJson {
        @JsonProperty("row")
        double rowMillimetres();

        @JsonProperty("column")
        double columnMillimetres();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = IntensityRule.Identity.class, name = "identity"),
        @JsonSubTypes.Type(value = IntensityRule.Window.class, name = "window"),
        @JsonSubTypes.Type(value = IntensityRule.Percentiles.class, name = "percentiles")
    })
    private interface IntensityRuleJson {}

    /** What is unknown is said to be null. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private interface UnknownIsNull {}

    /** What came later is left out where it is unknown, so that older messages print as they were. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private interface LesionStatisticsJson {
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        @JsonProperty
        Optional<LesionShape> shape();

        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        @JsonProperty
        Optional<IntensityStatistics> intensity();
    }

    /** A rule that is not used is left out: so a manifest from before there was the rule keeps its digest. */
    private interface LesionRulesJson {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonProperty
        boolean fillHoles();
    }

    /** An ordinary movement says nothing of rollbacks: so older histories print as they were. */
    private interface AliasChangeJson {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonProperty
        boolean rollback();
    }
}
