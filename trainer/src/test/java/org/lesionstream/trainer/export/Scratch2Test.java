package org.lesionstream.trainer.export;

import ai.djl.ndarray.*;
import ai.djl.ndarray.types.*;
import ai.djl.training.ParameterStore;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.graph.*;
import org.lesionstream.trainer.network.*;

class Scratch2Test {
    @Test
    void bench() throws Exception {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "2");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        if (System.getProperty("go") != null)
            System.setProperty("ai.djl.pytorch.graph_optimizer", System.getProperty("go"));
        String spec = System.getProperty("spec", "unet-same:base=32,classes=1");
        SegmentationNetwork n = NetworkCatalog.build(NetworkSpec.parse(spec));
        try (NDManager m = NDManager.newBaseManager()) {
            n.initialize(m, DataType.FLOAT32, new Shape(1, 3, 256, 256));
            Graph g = Tracer.trace(n, 256, 256);
            InputSpec in = InputSpec.tiles(256, 256, 3, 96, 16);
            GraphPass base = GraphPass.inOrder(new DropUnused(), new FoldBatchNorm());
            Map<String, Graph> gs = new LinkedHashMap<>();
            gs.put("fp32 plain", g);
            gs.put("fp32 fold", base.apply(g));
            gs.put("fp32 fold cl", GraphPass.inOrder(base, new ChannelsLast()).apply(g));
            gs.put(
                    "bf16 fold",
                    GraphPass.inOrder(base, new CastPrecision(ScalarType.BFLOAT16))
                            .apply(g));
            gs.put(
                    "bf16 fold cl",
                    GraphPass.inOrder(base, new CastPrecision(ScalarType.BFLOAT16), new ChannelsLast())
                            .apply(g));
            Random r = new Random(1);
            byte[] img = new byte[4 * 256 * 256 * 3];
            r.nextBytes(img);
            List<String> names = new ArrayList<>();
            List<TorchScriptModule> mods = new ArrayList<>();
            List<List<Double>> t = new ArrayList<>();
            for (var e : gs.entrySet()) {
                Path p = Files.createTempFile("net", ".pt");
                TorchScriptWriter.write(ServingGraph.labels(e.getValue(), in, 0.5), p);
                names.add(e.getKey());
                mods.add(TorchScriptModule.load(p));
                t.add(new ArrayList<>());
            }
            t.add(new ArrayList<>());
            names.add("eager");
            for (int round = 0; round < 8; round++) {
                for (int k = 0; k < names.size(); k++) {
                    try (NDManager s = m.newSubManager()) {
                        long t0 = System.nanoTime();
                        if (k < mods.size()) {
                            NDArray x =
                                    s.create(java.nio.ByteBuffer.wrap(img), new Shape(4, 256, 256, 3), DataType.UINT8);
                            NDList o = mods.get(k).run(s, new NDList(x));
                            o.get(0).toByteArray();
                        } else {
                            float[] f = new float[img.length];
                            for (int q = 0; q < f.length; q++) f[q] = (img[q] & 255) / 255f;
                            t0 = System.nanoTime();
                            NDArray x = s.create(f, new Shape(4, 3, 256, 256));
                            NDList o = n.forward(new ParameterStore(s, false), new NDList(x), false);
                            o.get(0).toFloatArray();
                        }
                        t.get(k).add((System.nanoTime() - t0) / 1e6);
                    }
                }
            }
            for (int k = 0; k < names.size(); k++) {
                List<Double> l = new ArrayList<>(t.get(k));
                Collections.sort(l);
                System.out.printf(
                        "BENCH %-20s min %.1f median %.1f first %.1f %.1f%n",
                        names.get(k),
                        l.get(0),
                        l.get(l.size() / 2),
                        t.get(k).get(0),
                        t.get(k).get(1));
            }
        }
    }
}
