/**
 * Headers of every reply. No 'unsafe-inline': scripts and styles are our own files. `Referrer-Policy: same-origin`, never
 * `no-referrer`, which makes browsers send `Origin: null` on our own forms.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Beside those, wherever a person may show. */
export const personalHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
};

/** @param value as the setting HSTS has it; none is sent where the site is not reached by HTTPS, or the owner has turned it off */
export function hstsHeader(publicUrl: URL, value: string | undefined): Record<string, string> {
  return publicUrl.protocol === 'https:' && value ? { 'strict-transport-security': value } : {};
}
