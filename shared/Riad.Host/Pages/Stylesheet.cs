namespace Riad.Host.Pages;

/// <summary>The look of every page: plain and closed to the street, like the house it is named after.</summary>
internal static class Stylesheet
{
    public const string Text =
        """
        :root {
          --paper: #fbfaf7; --card: #ffffff; --ink: #23201b; --soft: #6c665c; --line: #e4dfd5;
          --accent: #0d6b63; --good: #1d7a3f; --warn: #9a6200; --bad: #b3261e;
          --plus: #e5f4e8; --minus: #fbe9e7;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #171613; --card: #201e1a; --ink: #ece8e0; --soft: #a49d90; --line: #37332c;
            --accent: #5cc4b8; --good: #6fcf8f; --warn: #e6b15a; --bad: #ff8a80;
            --plus: #17301f; --minus: #3a1d1b;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        header { display: flex; justify-content: space-between; align-items: baseline; max-width: 66rem; margin: 0 auto; padding: 1.25rem 1rem .75rem; border-bottom: 3px double var(--line); }
        .home { font-weight: 650; font-size: 1.15rem; color: var(--ink); text-decoration: none; }
        .mark { color: var(--soft); letter-spacing: .18em; text-transform: uppercase; font-size: .75rem; }
        main { max-width: 66rem; margin: 0 auto; padding: 0 1rem 4rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.05rem; margin: 2.25rem 0 .6rem; }
        a { color: var(--accent); text-underline-offset: .15em; }
        p { margin: .5rem 0; }
        main > p:last-child { margin-top: 1.25rem; }
        .soft { color: var(--soft); }
        .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
        .note { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 6px; padding: .75rem 1rem; margin: 1rem 0; }
        .note.warn { border-left-color: var(--warn); color: inherit; } .note.bad { border-left-color: var(--bad); color: inherit; }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .6rem; margin: 1rem 0; padding: 0; }
        .facts div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .55rem .8rem; min-width: 0; }
        .facts dt { color: var(--soft); font-size: .8rem; } .facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
        table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
        th { text-align: left; font-weight: 600; font-size: .8rem; color: var(--soft); }
        th, td { padding: .5rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        tr:last-child td { border-bottom: 0; }
        td { overflow-wrap: anywhere; }
        th, td[data-label] { white-space: nowrap; }
        td > .bad { display: inline-block; margin-top: .2rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        code, pre { font: .875em/1.55 ui-monospace, monospace; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 0; overflow-x: auto; margin: .75rem 0; }
        pre span { display: block; padding: 0 1rem; min-width: max-content; }
        pre .plus { background: var(--plus); } pre .minus { background: var(--minus); } pre .soft { color: var(--soft); }
        ol.log { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 6px; background: var(--card); }
        ol.log li { padding: .6rem .9rem; border-bottom: 1px solid var(--line); } ol.log li:last-child { border-bottom: 0; }
        form { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: 1rem 0; }
        label { display: grid; gap: .2rem; font-size: .8rem; color: var(--soft); }
        select, button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .4rem .7rem; max-width: 100%; }
        select { font-size: 1rem; }
        button { border-color: var(--accent); color: var(--accent); cursor: pointer; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        @media (max-width: 40rem) {
          table, tbody, tr, td { display: block; } thead { position: absolute; left: -999rem; }
          tr { display: grid; grid-template-columns: 1fr 1fr; gap: .3rem .9rem; border-bottom: 1px solid var(--line); padding: .6rem .9rem; } tr:last-child { border-bottom: 0; }
          td { border: 0; padding: 0; min-width: 0; grid-column: 1 / -1; } td[data-label] { grid-column: auto; white-space: normal; }
          td[data-label]::before { display: block; content: attr(data-label); color: var(--soft); font-size: .8rem; }
          .number { text-align: left; }
          pre span { min-width: 0; padding-left: 2.6em; text-indent: -1.2em; white-space: pre-wrap; overflow-wrap: anywhere; }
        }
        """;
}
