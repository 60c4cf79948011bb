/**
 * The stem of a Swedish word in lower case, after Martin Porter's Snowball stemmer for Swedish, with endings that
 * it leaves and that everyday questions are full of: `-et` and `-an` (barnet, mamman), `-it` (skrivit), `-eret` (papperet), `-orn` (kuratorn).
 * A stem is no word: it is only the same for the forms of one.
 *
 * @example stemSwedish('loggkontrollerna') // 'loggkontroll'
 */
export function stemSwedish(word: string): string {
  const region = regionStart(word);
  let stem = withoutEnding(word, region);
  if (doubled.some((ending) => endsInRegion(stem, ending, region))) stem = stem.slice(0, -1);
  if (endsInRegion(stem, 'löst', region) || endsInRegion(stem, 'fullt', region)) return stem.slice(0, -1);
  const derived = ['lig', 'els', 'ig'].find((ending) => endsInRegion(stem, ending, region));
  return derived ? stem.slice(0, -derived.length) : stem;
}

const vowels = 'aeiouyåäö';

/** Longest first, so that the first that fits is the longest. */
const endings = (
  'heterna hetens arnas ernas ornas orerna andes andet anden arens heten heter eret erna arna orna orer ande arne aste aren ades ' +
  'erns ade are ern orn ens het ast ets ans ad en ar er or as es at et an it a e'
)
  .split(' ')
  .sort((one, other) => other.length - one.length);

const beforeS = 'bcdfghjklmnoprtvy';
const doubled = ['dd', 'gd', 'nn', 'dt', 'gt', 'kt', 'tt'];

/** Where an ending may begin: after the first consonant that follows a vowel, and three letters in. */
function regionStart(word: string): number {
  for (let place = 1; place < word.length; place++) {
    if (vowels.includes(word.charAt(place - 1)) && !vowels.includes(word.charAt(place))) return Math.max(place + 1, 3);
  }
  return word.length;
}

function endsInRegion(word: string, ending: string, region: number): boolean {
  return word.length - ending.length >= region && word.endsWith(ending);
}

function withoutEnding(word: string, region: number): string {
  const ending = endings.find((one) => endsInRegion(word, one, region));
  if (ending) return word.slice(0, -ending.length);
  const isGenitive = endsInRegion(word, 's', region) && beforeS.includes(word.charAt(word.length - 2));
  return isGenitive ? word.slice(0, -1) : word;
}
