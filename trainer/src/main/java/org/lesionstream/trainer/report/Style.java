package org.lesionstream.trainer.report;

/** How pages look, on light and on dark screens. Series colours are those of Okabe and Ito, which most colour-blind readers can tell apart. */
final class Style {
    /** How many series have a colour of their own. */
    static final int SERIES = 6;

    static final String CSS = """
            :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6776; --paper: #fff; --panel: #f6f8fa; --line: #d3dae1;
              --s0: #0072b2; --s1: #d55e00; --s2: #009e73; --s3: #b0508a; --s4: #b97f00; --s5: #3d8fc2; --truth: #008a38; --prediction: #c2149a }
            @media (prefers-color-scheme: dark) { :root { --ink: #e3e8ed; --soft: #98a4b1; --paper: #12181f; --panel: #1a222b; --line: #35414e;
              --s0: #56b4e9; --s1: #ff8a4c; --s2: #2cc79a; --s3: #e093c4; --s4: #e6b03c; --s5: #9ccff0; --truth: #33d17a; --prediction: #ff6bdc } }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: var(--ink); background: var(--paper) }
            h1 { font-size: 1.6rem; overflow-wrap: anywhere } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line) } h3 { margin: 1.5rem 0 .5rem }
            p.note { color: var(--soft); max-width: 52rem } code { overflow-wrap: anywhere }
            .wide { overflow-x: auto } table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums }
            th, td { padding: .3rem .8rem .3rem 0; text-align: right; border-bottom: 1px solid var(--line); white-space: pre; vertical-align: top }
            th { color: var(--soft); font-weight: 600; vertical-align: bottom; white-space: normal } th.text, td.text { text-align: left }
            .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1rem; margin-top: 1rem }
            .cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem }
            figure { margin: 0; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem }
            figure img { width: 100%; border-radius: 4px } figcaption { font-size: .85rem; overflow-wrap: anywhere }
            svg { width: 100%; height: auto; display: block } svg text { fill: var(--soft); font-size: 12px }
            svg .grid { stroke: var(--line) } svg .guide { stroke: var(--soft); stroke-dasharray: 4 4; fill: none } svg .line { fill: none; stroke-width: 2 }
            svg .dot { fill-opacity: .75; stroke: none } svg .bar { fill-opacity: .35; stroke-width: 1 }
            .c0 { color: var(--s0) } .c1 { color: var(--s1) } .c2 { color: var(--s2) } .c3 { color: var(--s3) } .c4 { color: var(--s4) } .c5 { color: var(--s5) }
            .legend span { margin-right: 1rem } .truth { color: var(--truth) } .prediction { color: var(--prediction) }
            progress { width: 100%; accent-color: var(--s0) }
            details { margin: 1rem 0 } summary { cursor: pointer; color: var(--soft) }
            """;

    private Style() {}

    /** The class that gives a series its colour; colours come again where there are more series than colours. */
    static String series(int number) {
        return "c" + Math.floorMod(number, SERIES);
    }
}
