import { join } from 'node:path';
import type { FolderRefusal } from '#ports/folder-refusal.ts';
import type { SetAside } from '#ports/store.ts';

const nothingChanged = 'Inget har ändrats.';

/** What the console says when a data folder is refused: what is wrong, and what to do. One line, and nothing about anybody. */
export function refusalLine(refusal: FolderRefusal, dataDir: string): string {
  const said = sentences(refusal, dataDir);
  return `${said} ${nothingChanged}`;
}

function sentences(refusal: FolderRefusal, dataDir: string): string {
  const backup = 'Lägg tillbaka den senaste säkerhetskopian';
  switch (refusal.reason) {
    case 'newer-version':
      return `Mappen ${dataDir} är skriven av en nyare version (${refusal.version}) än den här, som inte kan läsa den. Starta med version ${refusal.version} eller senare, eller lägg tillbaka säkerhetskopian från före uppgraderingen.`;
    case 'newer-documents':
      return `${counted(refusal.count)} i ${join(dataDir, refusal.folder)} är ${refusal.count === 1 ? 'skriven' : 'skrivna'} av en nyare version än den här, som inte kan läsa ${refusal.count === 1 ? 'den' : 'dem'}. Starta med den versionen eller en senare, eller lägg tillbaka säkerhetskopian från före uppgraderingen.`;
    case 'unreadable':
      return `${refusal.count} av ${refusal.of} filer i ${join(dataDir, refusal.folder)} går inte att läsa, till exempel ${refusal.file} (${refusal.why}). ${backup}. Finns det ingen: flytta själv de trasiga filerna till ${join(dataDir, 'set-aside')} och starta igen.`;
    case 'stamp-damaged':
      return `Filen ${join(dataDir, 'folder.json')} går inte att läsa, så det syns inte vilken version som får öppna mappen. ${backup}. Finns det ingen: ta bort filen och starta med den version som senast användes.`;
    case 'organisation-damaged':
      return `Organisationen, ${join(dataDir, 'organisation', 'organisation.json')}, går inte att läsa (${refusal.why}). Lägg tillbaka filen från den senaste säkerhetskopian.`;
    case 'no-organisation':
      return `Organisationen, ${join(dataDir, 'organisation', 'organisation.json')}, är borta, fast det finns personer som hör till den. Lägg tillbaka filen från den senaste säkerhetskopian.`;
    case 'no-administrator':
      return `Det finns personer i mappen ${dataDir} (${refusal.people}) men ingen administratör för allt. ${backup}, eller gör en ny administratör: npm run admin:reset.`;
    case 'emptied':
      return `Alla personer är borta ur mappen ${dataDir}, som har använts förut. ${backup}, eller välj en annan, tom DATA_DIR om ni ska börja om.`;
    case 'no-keys':
      return `Nycklarna, ${join(dataDir, 'keys', 'installation.key')}, är borta. Utan dem går det inte att logga in med personliga koder och appar. Lägg tillbaka mappen keys från den senaste säkerhetskopian, eller ange filen med INSTALLATION_KEYS_FILE.`;
    case 'keys-damaged':
      return `Nycklarna går inte att läsa (${refusal.why}). Lägg tillbaka filen från den senaste säkerhetskopian.`;
    case 'other-keys':
      return `Nycklarna hör inte till mappen ${dataDir}. Lägg tillbaka de nycklar som hör till den: mappen keys ur samma säkerhetskopia, eller rätt fil i INSTALLATION_KEYS_FILE.`;
  }
}

function counted(count: number): string {
  return count === 1 ? 'En fil' : `${count} filer`;
}

/** What the console says of one document that is not used, or that shares something with another. */
export function setAsideLine({ file, reason }: SetAside, dataDir: string): string {
  const howTo = 'Så gör ni: docs/how-to/set-aside.md.';
  if (reason.startsWith('conflict')) {
    return `${file} har samma uppgift som en äldre fil (${reason}). Båda är kvar och används. ${howTo}`;
  }
  if (reason === 'the file is gone') {
    return `${file} är borta, fast andra filer pekar på den. Det står nu i ${join(dataDir, 'set-aside')}. ${howTo}`;
  }
  return `Kunde inte läsa ${file} (${reason}). Filen har lagts åt sidan i ${join(dataDir, 'set-aside')}. Resten används. ${howTo}`;
}

const diskWords: Readonly<Record<string, string>> = {
  ENOSPC: 'Disken är full. Gör plats på den',
  EDQUOT: 'Utrymmet på disken är slut. Gör plats på den',
  EROFS: 'Disken går bara att läsa. Gör den skrivbar',
  EACCES: 'Servern har inte rätt att läsa och skriva där. Ge den rätten (ägare och läge 700)',
  EPERM: 'Servern har inte rätt att läsa och skriva där. Ge den rätten (ägare och läge 700)',
  ENOTDIR: 'Det är en fil och ingen mapp. Välj en annan DATA_DIR',
  EEXIST: 'Det är en fil och ingen mapp. Välj en annan DATA_DIR',
  ELOOP: 'Länken leder runt i en cirkel. Välj en annan DATA_DIR',
  ENOENT: 'Något i den är borta, eller en länk leder ingenstans. Kontrollera den',
  EIO: 'Disken svarar med fel. Kontrollera den',
  EMFILE: 'Servern får inte ha så många filer öppna. Höj gränsen (ulimit -n)',
  ENFILE: 'Maskinen har för många filer öppna. Stäng några program',
};

/** What the console says when a disk refuses at the start. Undefined for what is no such error. */
export function diskLine(code: string | undefined, dataDir: string): string | undefined {
  const words = code === undefined ? undefined : diskWords[code];
  return words && `Mappen ${dataDir} går inte att använda (${code}). ${words} och starta igen.`;
}
