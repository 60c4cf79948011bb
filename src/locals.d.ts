/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    services: import('#src/services.ts').Services;
    /** The client's network address, as the server or its trusted proxy sees it. */
    clientAddress: string;
    person: import('#domain/person.ts').Person | undefined;
    language: import('#domain/language.ts').Language;
    t: import('#i18n/translate.ts').Translate;
  }
}
