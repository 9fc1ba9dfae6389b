package org.lesionstream.trainer.export;

/** What the output maps of a network mean, and so what is left to be done to them. */
public enum NetworkAnswer {
    /** Numbers of any size, {@code [N, K, h, w]}: a sigmoid, or a softmax over several maps, makes probabilities of them. */
    LOGITS,
    /** Probabilities already, {@code [N, K, h, w]}. */
    PROBABILITIES
}
