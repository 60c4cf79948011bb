/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** Where a form belongs that was sent to another name of this host. */
    rightAddress?: URL;
    services: import('#src/services.ts').Services;
    /** The client's network address, as the server or its trusted proxy sees it. */
    clientAddress: string;
    /** Another site had the browser ask for this: it is not counted, and nothing is looked up for it. */
    isForeign: boolean;
    /** The browser that asks: what its session cookie holds, and what to call it in a list. */
    browser: import('#ports/sessions.ts').Browser;
    /** A form that was sent after the session had ended, URL-encoded, for the sign-in page to carry. */
    held?: string;
    /** What was to be saved could not be: the disk takes nothing. */
    isUnsaved?: true;
    /** Who is signed in, and when they last showed a second factor. */
    session: import('#ports/sessions.ts').SignedInSession | undefined;
    person: import('#domain/access/grant-days.ts').ActingPerson | undefined;
    language: import('#domain/kernel/language.ts').Language;
    t: import('#i18n/translate.ts').Translate;
  }
}
