package org.lesionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.Test;

class EnsembleTest {

    private static final NetworkSpec MEMBER = NetworkSpec.parse("unetpp-vgg:base=2,channels=1,deep-supervision=true");

    @Test
    void answersWithTheAnsweringHeadOfEveryMember() {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork ensemble = NetworkCatalog.build(Ensemble.of(MEMBER, 3));
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 32, 32));
            NDArray image = manager.randomNormal(new Shape(2, 1, 32, 32));

            NDList heads = ensemble.forward(new ParameterStore(manager, false), new NDList(image), false);

            assertThat(heads).hasSize(3);
            assertThat(heads.get(0).getShape()).isEqualTo(new Shape(2, 1, 32, 32));
            assertThat(heads.get(0).toFloatArray()).isNotEqualTo(heads.get(1).toFloatArray());
            SegmentationNetwork member = NetworkCatalog.build(MEMBER);
            member.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 32, 32));
            member.stateDict().forEach((name, parameter) -> parameter
                    .getArray()
                    .set(ensemble.stateDict().get("member2." + name).getArray().toFloatArray()));
            NDArray alone = member.forward(new ParameterStore(manager, false), new NDList(image), false)
                    .get(member.answeringHead());
            assertThat(heads.get(1).toFloatArray()).isEqualTo(alone.toFloatArray());
        }
    }

    @Test
    void isBuiltAgainFromItsText() {
        NetworkSpec spec = Ensemble.of(MEMBER, 3);

        assertThat(spec).hasToString("ensemble:base=2,channels=1,deep-supervision=true,members=3,of=unetpp-vgg");
        assertThat(NetworkCatalog.build(NetworkSpec.parse(spec.toString())).heads())
                .isEqualTo(3);
    }

    @Test
    void refusesNoMembersAndEnsemblesOfEnsembles() {
        assertThatThrownBy(() -> NetworkCatalog.build(NetworkSpec.parse("ensemble:members=2")))
                .hasMessageContaining("of=NETWORK");
        assertThatThrownBy(() -> NetworkCatalog.build(NetworkSpec.parse("ensemble:of=ensemble")))
                .hasMessage("members of an ensemble cannot be ensembles");
    }
}
