package org.lesionstream.worker.inference;

class FakeSegmenterTest extends SegmenterContract {

    private final FakeSegmenter segmenter = new FakeSegmenter(INPUT, 4);

    @Override
    Segmenter segmenter() {
        return segmenter;
    }
}
