/** Words that Swedes build passwords on, the likeliest first: the library's lists are in English. */
const words = `sommar vinter höst vår våren hösten sommaren vintern lösenord lösen hemlig hemligt välkommen hej hejsan tjena
  januari februari mars april maj juni juli augusti september oktober november december
  måndag tisdag onsdag torsdag fredag lördag söndag midsommar jul julafton påsk semester helg
  sverige svensk svenska stockholm göteborg malmö uppsala västerås örebro linköping helsingborg norrköping umeå
  jobb jobbet arbete kommun kommunen omsorg omsorgen omvårdnad hemtjänst äldreboende socialtjänst socialtjänsten vikarie elev chef
  enhetschef vård vården inloggning logga sekretess sekretesskörkortet körkort tystnadsplikt kurs intyg
  mamma pappa farmor farfar mormor morfar syster bror älskar älskling kärlek hjärta katt hund kissen voffe
  fotboll hockey hammarby djurgården djurgård aik ifk bajen snus kaffe fika solsken blomma regnbåge kanske`;

export const swedishPasswordWords: readonly string[] = [
  ...new Set(words.split(/\s+/).flatMap((word) => [word, word.normalize('NFD').replace(/\p{M}/gu, '')])),
];
