import { isLanguage, type Language } from '#domain/kernel/language.ts';

const plain = 'sprak';

/** Over HTTPS tied to this very host: a page on a neighbouring name can set no language for us. */
export function languageCookieName(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? `__Host-${plain}` : plain;
}

export function languageCookieOptions({ protocol }: URL) {
  return { path: '/', sameSite: 'lax', httpOnly: true, secure: protocol === 'https:' } as const;
}

/** The language chosen in this browser, if any; also where it was chosen before the cookie had its present name. */
export function chosenLanguage(cookie: (name: string) => string | undefined, publicUrl: URL): Language | undefined {
  const chosen = cookie(languageCookieName(publicUrl)) ?? cookie(plain);
  return isLanguage(chosen) ? chosen : undefined;
}
