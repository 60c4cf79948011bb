import { qrCode, quietZone } from '#adapters/qr/qr-code.ts';

export interface QrSvgOptions {
  /** Read out instead of the picture. Without it the picture is hidden from screen readers: then the address must stand beside it as text. */
  readonly label?: string | undefined;
}

/**
 * A QR code as an SVG: one path of dark modules on a white ground with the quiet zone. Black on white in dark mode and in print
 * too, since cameras expect that. Sized by the page; carries no `style`, so it passes the content security policy.
 *
 * @example qrSvg('https://example.se/intyg/ABC', { label: 'QR-kod till kontrollsidan' })
 */
export function qrSvg(text: string, { label }: QrSvgOptions = {}): string {
  const { size, darkRuns } = qrCode(text);
  const side = size + 2 * quietZone;
  const dark = darkRuns
    .map((run) => `M${run.column + quietZone} ${run.row + quietZone}h${run.length}v1h-${run.length}z`)
    .join('');
  const role = label === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${escapeAttribute(label)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" ${role} shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path fill="#000" d="${dark}"/></svg>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
