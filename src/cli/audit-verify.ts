/** `npm run audit:verify`: checks every line of the audit log, the chain, the head and its signature. See docs/decisions/0013. */
import { resolve } from 'node:path';
import { type KeptHead, type VerifiedLog, verifyLog } from '#adapters/audit/verify-log.ts';
import { mistakeLines, readOptions } from '#editors/tools/options.ts';
import { readAuditSecret, readSettings } from '../env.ts';
import { faultLine } from './audit-faults.ts';
import { endInTrouble } from './trouble.ts';

const noLog = 'Det finns ingen granskningslogg i mappen.';

const sinceWords = {
  same: 'Raden som du har sparat finns kvar oförändrad, och allt före den.',
  shorter: 'Loggen är kortare än när du sparade uppgiften. Slutet är borta, eller en äldre kopia har lagts tillbaka.',
  'other-line': 'Raden som du har sparat är en annan nu. Loggen är omskriven.',
  'other-key': 'Loggen är undertecknad med en annan nyckel än när du sparade uppgiften.',
} as const;

const { words, values, flags, mistakes } = readOptions(process.argv.slice(2), ['data', 'since'], ['head']);
const kept = values['since'] === undefined ? undefined : readKept(values['since']);
const wrong = [
  ...mistakes,
  ...words.map((word) => ({ field: word, problem: 'ord för mycket', remedy: 'skriv --data framför mappen' })),
  ...(values['since'] !== undefined && !kept
    ? [{ field: '--since', problem: 'går inte att läsa', remedy: 'skriv av raden från --head: längd:märke:nyckel' }]
    : []),
];

if (wrong.length > 0) {
  console.error(mistakeLines(wrong));
  process.exitCode = 1;
} else {
  await verify();
}

async function verify(): Promise<void> {
  let dataDir = '';
  try {
    dataDir = values['data'] === undefined ? readSettings().dataDir : resolve(values['data']);
    const verified = await verifyLog(dataDir, kept, undefined, readAuditSecret());
    const { lines, isWhole } = flags.has('head') ? headReport(verified) : report(verified, dataDir);
    (isWhole ? console.log : console.error)(lines.join('\n'));
    if (!isWhole) process.exitCode = 1;
  } catch (error) {
    endInTrouble(error, dataDir);
  }
}

/** @example readKept('4711:MARK:KEY') // { length: 4711, mac: 'MARK', publicKey: 'KEY' } */
function readKept(text: string): KeptHead | undefined {
  const [, length, mac, publicKey] = /^(\d+):([\w-]{43})(?::([\w-]{43}))?$/.exec(text) ?? [];
  return length && mac ? { length: Number(length), mac, publicKey } : undefined;
}

interface Report {
  readonly lines: readonly string[];
  readonly isWhole: boolean;
}

/** One line to keep on paper or to send by mail, and to give to `--since` later. */
function headReport(verified: VerifiedLog): Report {
  if (verified.outcome === 'none') return { lines: [noLog], isWhole: false };
  const { head, faults } = verified;
  if (!head) return { lines: faults.map(faultLine), isWhole: false };
  const { length, mac, publicKey } = head;
  const line = `${length}:${mac}:${publicKey}`;
  return {
    lines: [
      `Längd: ${length} rader`,
      `Sista radens märke: ${mac}`,
      `Publik nyckel (Ed25519): ${publicKey}`,
      `--since ${line}`,
    ],
    isWhole: true,
  };
}

function report(verified: VerifiedLog, dataDir: string): Report {
  if (verified.outcome === 'none') return { lines: [`${noLog} (${dataDir})`], isWhole: false };
  const { faults, head, beyondHead, since } = verified;
  const lines = [
    ...faults.map(faultLine),
    ...(since ? [sinceWords[since]] : []),
    ...(beyondHead > 0 ? [`${beyondHead} rader skrevs just nu, eller strax före ett avbrott. De stämmer.`] : []),
  ];
  const isWhole = faults.length === 0 && (since === undefined || since === 'same');
  const sum = isWhole
    ? `Loggen är hel: ${head?.length ?? 0} rader, varje rad, kedjan, längden och underskriften stämmer.`
    : 'Loggen stämmer inte. Ändra inget i mappen. Spara en kopia av den och ta kontakt med den som ansvarar för säkerheten.';
  return { lines: [...lines, sum], isWhole };
}
