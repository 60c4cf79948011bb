import type { APIRoute } from 'astro';
import { fieldValue, readLanguage } from '#forms/fields.ts';
import { languageCookieName, languageCookieOptions } from '#i18n/language-cookie.ts';
import { safeReturnPath } from '#src/paths.ts';
import { changeLanguage } from '#usecases/account/change-language.ts';

/** The language of pages that have one address: kept with the person, or in a cookie before signing in. */
export const POST: APIRoute = async ({ request, locals, cookies, redirect }) => {
  const form = await request.formData();
  const language = readLanguage(form);
  if (locals.person) await changeLanguage(locals.services, locals.person.id, language);
  const { publicUrl } = locals.services;
  cookies.set(languageCookieName(publicUrl), language, {
    ...languageCookieOptions(publicUrl),
    maxAge: 365 * 24 * 60 * 60,
  });
  return redirect(safeReturnPath(fieldValue(form, 'return')), 303);
};
