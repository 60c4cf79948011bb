import type { CalendarDate } from '#domain/kernel/ids.ts';
import { statusWords } from './claim-words.ts';
import type { CoverageReport, CoverageTotals, CoveredClaim, CoveredSection, CoveredSource } from './coverage-rows.ts';

/** The report as one HTML page, for editors and jurists. It holds everything it needs, and no script. */
export function coveragePage({ sources, totals }: CoverageReport, made: CalendarDate): string {
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Riktlinjerna i kursen</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Riktlinjerna i kursen</h1>
<p>Varje påstående i riktlinjerna och de rättsliga noteringarna: var det lärs ut, var det prövas, eller varför det är utelämnat. Gjord ${escaped(made)}.</p>
<p class="verdict">${verdict(totals)}</p>
</header>
<nav aria-label="Källor">
<ul>
${sources.map(({ id, title, totals: { gaps } }) => `<li><a href="#${escaped(id)}">${escaped(id)} ${escaped(title)}</a>${gaps > 0 ? ` <strong>${lacking(gaps)}</strong>` : ''}</li>`).join('\n')}
</ul>
</nav>
<main>
${totalsTable(sources, totals)}
${sources.map(sourceSection).join('\n')}
</main>
</body>
</html>
`;
}

function verdict({ claims, gaps }: CoverageTotals): string {
  return gaps === 0
    ? `Alla ${claims} påståenden lärs ut och prövas, eller är utelämnade med skäl.`
    : `${gaps} av ${claims} påståenden har en lucka. Sök på ”Lucka” på sidan.`;
}

function lacking(gaps: number): string {
  return gaps === 1 ? '1 lucka' : `${gaps} luckor`;
}

function totalsTable(sources: readonly CoveredSource[], totals: CoverageTotals): string {
  const row = (name: string, { claims, taught, tested, leftOut, gaps }: CoverageTotals) =>
    `<tr><th scope="row">${escaped(name)}</th>${[claims, taught, tested, leftOut, gaps].map((count) => `<td>${count}</td>`).join('')}</tr>`;
  return scrolling(
    'Antal påståenden',
    `<table>
<caption>Antal påståenden</caption>
<thead><tr><th scope="col">Källa</th><th scope="col">Alla</th><th scope="col">Lärs ut</th><th scope="col">Prövas</th><th scope="col">Utelämnade, helt eller delvis</th><th scope="col">Med lucka</th></tr></thead>
<tbody>
${sources.map(({ id, totals: ofSource }) => row(id, ofSource)).join('\n')}
${row('Tillsammans', totals)}
</tbody>
</table>`,
  );
}

function sourceSection({ id, title, edition, sections }: CoveredSource): string {
  return `<section aria-labelledby="${escaped(id)}">
<h2 id="${escaped(id)}">${escaped(id)} ${escaped(title)}</h2>
<p>Läst ${escaped(edition)}.</p>
${
  id === 'L'
    ? claimTable(
        title,
        sections.flatMap(({ claims }) => claims),
        sections,
      )
    : sections.map(sectionPart).join('\n')
}
</section>`;
}

function sectionPart({ id, heading, awaitsClaims, mark, claims }: CoveredSection): string {
  const notes = [
    mark === 'changed' ? 'Ändrat i den senaste inläsningen: se över påståendena och ta bort changed.' : '',
    mark === 'gone' ? 'Finns inte längre i riktlinjen: se över påståendena och ta bort avsnittet.' : '',
    awaitsClaims ? 'Texten är inläst, men inga påståenden är skrivna än.' : '',
    !awaitsClaims && claims.length === 0 ? 'Inga påståenden att pröva.' : '',
  ].filter((note) => note !== '');
  return `<h3 id="${escaped(id)}">${escaped(id)} ${escaped(heading)}</h3>
${notes.map((note) => `<p class="mark">${note}</p>`).join('\n')}
${claims.length > 0 ? claimTable(`${id} ${heading}`, claims) : ''}`;
}

function claimTable(
  caption: string,
  claims: readonly CoveredClaim[],
  headings: readonly Pick<CoveredSection, 'id' | 'heading'>[] = [],
): string {
  const headingOf = (id: string) => headings.find((section) => section.id === id)?.heading;
  return scrolling(
    caption,
    `<table>
<caption>${escaped(caption)}</caption>
<thead><tr><th scope="col">Påstående</th><th scope="col">Med våra ord</th><th scope="col">Lärs ut</th><th scope="col">Övas</th><th scope="col">Provfrågor</th><th scope="col">Utelämnat och luckor</th></tr></thead>
<tbody>
${claims.map((claim) => claimRow(claim, headingOf(claim.id))).join('\n')}
</tbody>
</table>`,
  );
}

function claimRow(claim: CoveredClaim, heading: string | undefined): string {
  const { id, status, wording, lessons, practice, exam, gaps } = claim;
  const words = heading === undefined ? escaped(wording) : `<strong>${escaped(heading)}.</strong> ${escaped(wording)}`;
  return `<tr id="${escaped(id)}"${gaps.length > 0 ? ' class="gap"' : ''}><th scope="row">${escaped(id)}<br><span class="status">${escaped(statusWords[status])}</span></th><td>${words}</td>${[lessons, practice, exam].map((names) => `<td>${list(names)}</td>`).join('')}<td>${reasons(claim)}</td></tr>`;
}

function reasons({ gaps, leftOut, isOwnReason, wording }: CoveredClaim): string {
  const lines = [
    ...(gaps.includes('taught') ? ['<strong>Lucka: lärs inte ut.</strong>'] : []),
    ...(gaps.includes('tested') ? ['<strong>Lucka: prövas inte.</strong>'] : []),
    ...leftOut.map(
      ({ part, reason, note }) =>
        `${part === 'taught' ? 'Lärs inte ut' : 'Prövas inte'}: ${escaped(reason)} (<a href="#${escaped(note)}">${escaped(note)}</a>)`,
    ),
    ...(isOwnReason ? [`Utelämnad ur kursen${wording === '' ? '' : ', se noteringen'}.`] : []),
  ];
  return lines.map((line) => `<p>${line}</p>`).join('');
}

function list(names: readonly string[]): string {
  if (names.length === 0) return '–';
  return `<ul>${names.map((name) => `<li>${escaped(name)}</li>`).join('')}</ul>`;
}

/** On a phone a wide table scrolls by itself; the keyboard reaches it too. */
function scrolling(name: string, table: string): string {
  return `<div class="table" role="region" aria-label="${escaped(name)}" tabindex="0">
${table}
</div>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --text: light-dark(#1b1b1f, #ececf1); --ground: light-dark(#fff, #17171b); --line: light-dark(#8a8a94, #7c7c88); --soft: light-dark(#f2f2f6, #24242b); --link: light-dark(#0b4fa0, #9cc4ff); --gap: light-dark(#fff1d6, #43330f); }
body { margin: 0 auto; padding: 1rem; max-inline-size: 90rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: break-word; hyphens: auto; }
a { color: var(--link); }
a:focus-visible, .table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h2 { margin-block-start: 3rem; border-block-end: 2px solid var(--line); }
.verdict { font-size: 1.25rem; font-weight: 600; }
.mark { padding: .5rem .75rem; border-inline-start: 4px solid var(--line); background: var(--soft); }
.table { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; }
caption { text-align: start; font-weight: 600; padding-block: .5rem; }
th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: start; vertical-align: top; }
thead th { background: var(--soft); }
tbody th { white-space: nowrap; }
.status { font-weight: 400; white-space: normal; }
.gap > * { background: var(--gap); }
td ul { margin: 0; padding-inline-start: 1.1rem; }
td p { margin: 0 0 .4rem; }
@media print { nav { display: none; } .table { overflow: visible; } }
`;
