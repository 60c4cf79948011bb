/**
 * The site's line drawings: things, not people. 96 × 96, one stroke width. The tone lies a little beside its outline,
 * as in a two-colour print; the stylesheet gives `.tone` and `.tone2` their colours.
 */
export const drawings = {
  key:
    '<circle class="tone" cx="36" cy="37" r="19"/><circle cx="31" cy="32" r="19"/><circle cx="26" cy="27" r="5"/>' +
    '<path d="M44.5 45.5 82 83v6h-8l-4-4v-6h-5v-6h-5L37 50"/>',
  door:
    '<path class="tone" d="M55 13h17v72l18 7H55z"/><path d="M8 86h16M72 86h16M24 86V10h48v76M24 10l29 8v74l-29-6z"/>' +
    '<path d="M45 54v6"/>',
  telephone:
    '<path class="tone" d="m26 56 6-8h40l9 37H24z"/><path d="M32 46h32l13 34a4 4 0 0 1-4 5H23a4 4 0 0 1-4-5z"/>' +
    '<circle cx="48" cy="66" r="10"/><circle cx="48" cy="66" r="2"/>' +
    '<path d="M10 42c0-30 76-30 76 0v6a3 3 0 0 1-3 3H70a3 3 0 0 1-3-3v-8c-8-6-30-6-38 0v8a3 3 0 0 1-3 3H13a3 3 0 0 1-3-3z"/>',
  bus:
    '<path class="tone" d="M21 33h18v17H21zM45 33h18v17H45z"/><path d="M8 72V28a8 8 0 0 1 8-8h60a10 10 0 0 1 10 9l3 22v21h-7M66 72H38M22 72H8"/>' +
    '<path d="M17 29h18v17H17zM41 29h18v17H41zM65 72V29h15l3 17M8 56h51"/><circle cx="30" cy="73" r="8"/><circle cx="74" cy="73" r="8"/>',
  cup:
    '<path class="tone" d="M25 42h46v21c0 12-8 20-20 20s-26-4-26-20z"/><path d="M20 38h46v23c0 12-8 19-19 19h-8c-11 0-19-7-19-19z"/>' +
    '<path d="M66 44h6a9 9 0 0 1 9 9c0 8-6 12-16 12M12 88h62M33 28c-5-6 4-9 0-16M48 28c-5-6 4-9 0-16"/>',
  binder:
    '<path class="tone" d="M42 20h38v62H42z"/><path d="M36 14h36a4 4 0 0 1 4 4v60H36zM36 14H22a4 4 0 0 0-4 4v60h18"/>' +
    '<circle cx="27" cy="64" r="4"/><path d="M24 26h6v18h-6zM48 28h16M48 38h10M6 78h84M14 78v10M82 78v10"/>',
  lockscreen:
    '<path class="tone" d="M32 16h38v66H32z"/><rect x="26" y="8" width="42" height="80" rx="8"/><path d="M42 80h10M43 16h8"/>' +
    '<rect x="37" y="42" width="20" height="17" rx="3"/><path d="M41 42v-6a6 6 0 0 1 12 0v6M47 49v3"/>',
  camera:
    '<circle class="tone" cx="51" cy="58" r="18"/><path d="M34 26l5-10h18l5 10h18a6 6 0 0 1 6 6v42a6 6 0 0 1-6 6H16a6 6 0 0 1-6-6V32a6 6 0 0 1 6-6z"/>' +
    '<circle cx="48" cy="53" r="17"/><path d="M40 52a9 9 0 0 1 8-8M74 38h1M18 26v-5h9v5"/>',
  newspaper:
    '<path class="tone" d="M26 42h18v18H26z"/><path d="M72 34h14v40a8 8 0 0 1-16 0V14H12v60a8 8 0 0 0 8 8h58"/>' +
    '<path d="M22 26h38M22 38h18v18H22zM48 40h12M48 50h12M22 68h38"/>',
  family:
    '<path class="tone" d="M18 24h20v38l14 5v12H18z"/><path class="tone2" d="M68 58h13v16l8 4v8H68z"/>' +
    '<path d="M14 18h20v38l12 5c4 2 5 5 5 13H14zM14 28h20M14 67h37"/><path d="M64 52h13v17l7 3c4 2 5 4 5 8H64zM64 60h13"/><path d="M6 88h84M14 74v6h37v-6"/>',
  child:
    '<path class="tone" d="M32 56c-8 12-6 34 18 34s28-20 19-33z"/><circle cx="48" cy="34" r="19"/>' +
    '<path d="M32 23a8 8 0 1 1 8-10M56 13a8 8 0 1 1 8 10M34 48c-10 12-9 40 14 40s24-28 14-40M33 56c-8 0-14 6-15 13M63 56c8 0 14 6 15 13"/>' +
    '<path d="M40 30v1M56 30v1M40 44c0-9 16-9 16 0M47 40h2M36 88c-6 2-12 0-12-5M60 88c6 2 12 0 12-5"/>',
  log:
    '<circle class="tone" cx="71" cy="71" r="17"/><path d="M48 84H18a4 4 0 0 1-4-4V12a4 4 0 0 1 4-4h46a4 4 0 0 1 4 4v34"/>' +
    '<path d="M25 24h1M36 24h20M25 38h1M36 38h20M25 52h1M36 52h8M25 66h1M36 66h6"/><circle cx="68" cy="68" r="17"/><path d="M68 58v10l7 5"/>',
  envelope:
    '<path class="tone" d="m14 30 38 30 38-30v52H14z"/><path d="M14 22h68a4 4 0 0 1 4 4v46a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V26a4 4 0 0 1 4-4z"/>' +
    '<path d="m11 25 33 28a6 6 0 0 0 8 0l33-28M12 74l24-25M84 74 60 49"/>',
  shield:
    '<path class="tone" d="M52 15v78c16-7 34-19 34-42V25z"/><path d="M48 9c11 7 20 10 32 10v28c0 22-18 34-32 40-14-6-32-18-32-40V19c12 0 21-3 32-10z"/>' +
    '<path d="M44 49a8 8 0 1 1 8 0l3 16H41z"/>',
  stamp:
    '<path class="tone" d="M26 60h52v14H26z"/><path class="tone2" d="M14 82h68v5H14z"/>' +
    '<path d="M48 8c9 0 14 7 13 15-1 7-5 10-5 17 0 5 2 9 6 14h10a4 4 0 0 1 4 4v12H20V58a4 4 0 0 1 4-4h10c4-5 6-9 6-14 0-7-4-10-5-17-1-8 4-15 13-15zM12 84h72"/>',
  card:
    '<path class="tone" d="M14 24h72v14H14z"/><rect x="8" y="18" width="80" height="58" rx="7"/><path d="M8 33h80M18 43h18v22H18zM46 45h32M46 55h14"/>' +
    '<path d="M27 51v1l-2 6h4l-2-6"/><path d="m67 62 4 4 8-9"/>',
} as const;

export type DrawingName = keyof typeof drawings;
