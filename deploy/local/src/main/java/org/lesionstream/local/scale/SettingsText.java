package org.lesionstream.local.scale;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.lesionstream.local.scale.model.PoolSettings;
import org.lesionstream.local.scale.model.ScaleSettings;
import org.lesionstream.local.scale.model.ScalingRules;

/** Settings in words, by the names that the manifests use. */
final class SettingsText {

    private SettingsText() {}

    static Map<String, Object> of(ScaleSettings settings) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("idea", settings.idea());
        text.put("layout", settings.layout().name());
        text.put("urgent", pool(settings.urgent()));
        text.put("backfill", pool(settings.backfill()));
        return text;
    }

    private static Map<String, Object> pool(PoolSettings pool) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("minReplicaCount", pool.minReplicaCount());
        text.put("maxReplicaCount", pool.maxReplicaCount());
        if (pool.trigger().isPresent()) {
            text.put("pollingInterval", pool.pollingInterval());
            text.put("cooldownPeriod", pool.cooldownPeriod());
            text.put("trigger", pool.trigger().get());
            text.put("scaleUp", rules(pool.up()));
            text.put("scaleDown", rules(pool.down()));
            pool.fallback().ifPresent(fallback -> text.put("fallback", fallback));
        }
        return text;
    }

    private static String rules(ScalingRules rules) {
        return "after " + rules.windowSeconds() + " s, "
                + rules.policies().stream()
                        .map(policy -> policy.value()
                                + (policy.kind() == ScalingRules.Kind.PODS ? " pods" : " %") + " in "
                                + policy.periodSeconds() + " s")
                        .collect(Collectors.joining(" or "));
    }
}
