/**
 * The words that personal codes are made of: 512 short Swedish everyday words, in alphabetical order.
 *
 * - 512 words are 9 bits a word, so a code of five words drawn independently at random carries 45 bits.
 * - Only a–z, three to seven letters: no å, ä or ö, so that a code can be typed on a foreign keyboard too.
 * - Any two words are at Levenshtein distance two or more (nor does swapping two neighbouring letters turn one into
 *   another), so a slip of the finger – a letter wrong, missing, extra or swapped – never turns one code into another.
 */
// biome-ignore format: one word to a line would make 512 lines
export const codeWords: readonly string[] = [
  "adress", "aktiv", "album", "alfabet", "ananas", "ankare", "antenn", "apelsin", "apotek", "aprikos", "arbeta",
  "arkiv", "artig", "bada", "badrum", "bagare", "bageri", "balkong", "bambu", "banan", "bandy", "bank", "basket",
  "batteri", "betala", "bild", "biljett", "billig", "bio", "biograf", "bjuda", "blad", "blanda", "blixt", "blomma",
  "blus", "bokstav", "boll", "bomull", "bord", "borste", "bostad", "botten", "brant", "brev", "bricka", "brunn",
  "brygga", "bubbla", "bukett", "bulle", "bult", "burk", "buske", "buss", "butik", "byta", "cirkel", "cirkus", "citron",
  "cykel", "dagbok", "dagis", "dansa", "dator", "deg", "dela", "delfin", "diamant", "dikt", "disk", "djungel", "djur",
  "docka", "domino", "drake", "droppe", "dryck", "duk", "duva", "dyka", "ekorre", "elefant", "enkel", "expert",
  "fabrik", "fikon", "film", "filter", "fiska", "flaska", "fluffig", "fluga", "flytta", "fnissa", "forska", "fotboll",
  "foto", "frisk", "frost", "frukost", "frukt", "fundera", "gardin", "garn", "gata", "get", "gilla", "giraff", "gissa",
  "gitarr", "glas", "glitter", "gnista", "golv", "gren", "grill", "groda", "grotta", "gryta", "gummi", "gunga", "gurka",
  "hallon", "halsduk", "hammare", "hamn", "hamster", "handduk", "handla", "handtag", "hare", "harpa", "hav", "hemlig",
  "hink", "hiss", "hobby", "honung", "hotell", "humla", "humor", "hund", "hus", "husbil", "hylla", "idrott", "isbit",
  "jacka", "jobba", "jojo", "kabel", "kaffe", "kajak", "kakao", "kaktus", "kalas", "kall", "kamera", "kanal", "kanin",
  "kanna", "kanot", "kantig", "kapten", "karta", "kassa", "katt", "kedja", "keps", "kikare", "kiosk", "kiwi", "kjol",
  "klar", "klass", "klippa", "klok", "klubb", "klura", "knacka", "knapp", "knasig", "koala", "kofta", "koka", "kokbok",
  "kollega", "komet", "kompass", "konsert", "konst", "kontor", "kopiera", "kopp", "koppar", "korall", "kork", "korsord",
  "kostym", "krita", "krona", "kruka", "krydda", "kryss", "kub", "kudde", "kupong", "kuvert", "kvast", "kvitto", "kyl",
  "laga", "lakan", "lakrits", "lamm", "lastbil", "ledig", "lejon", "lekfull", "leksak", "lektion", "leopard", "lera",
  "limpa", "linjal", "lista", "liter", "livlig", "lott", "lucka", "luft", "lustig", "lykta", "lysa", "lyssna", "magisk",
  "magnet", "majs", "makaron", "mango", "maskin", "maskros", "mat", "matta", "melodi", "meny", "middag", "mikro",
  "minut", "mjuk", "mobil", "modell", "modig", "mogen", "moln", "molnig", "moped", "morgon", "morot", "mossa", "motor",
  "mugg", "munter", "museum", "musik", "mygga", "mynt", "myra", "mysig", "nalle", "natur", "nicka", "nummer", "nyckel",
  "nyfiken", "ocean", "odla", "oliv", "olja", "opera", "ordbok", "ordna", "origami", "paddel", "paj", "palats", "panda",
  "papper", "paprika", "parad", "paraply", "park", "parkera", "pasta", "paus", "pedal", "peka", "pelikan", "penna",
  "pensel", "peppar", "perfekt", "persika", "piano", "pigg", "pilot", "pingvin", "pinne", "pizza", "plan", "planet",
  "planka", "plast", "platta", "plocka", "plommon", "plugga", "ponny", "popcorn", "porslin", "post", "pratsam", "pris",
  "prova", "pudding", "pulka", "pump", "pussel", "putsa", "pyjamas", "pyramid", "pyssla", "radar", "radhus", "radio",
  "raket", "ramla", "randig", "regn", "rekord", "resa", "rida", "riktig", "ring", "ritning", "robot", "rosett", "rosta",
  "rubrik", "rulla", "rum", "russin", "ruta", "rutig", "rytm", "sagobok", "sallad", "salt", "sand", "sandal", "sax",
  "sekund", "semla", "senap", "servett", "siffra", "signal", "silver", "simhopp", "simma", "skal", "sked", "skicka",
  "skina", "skog", "skoja", "skolbok", "skoter", "skratt", "skriva", "skruv", "skugga", "skylt", "slalom", "slips",
  "smak", "smart", "smidig", "smula", "smycke", "snabb", "snickra", "snigel", "snurra", "socker", "soffa", "sol",
  "solig", "solros", "sommar", "soppa", "sortera", "sparris", "sparv", "spegel", "spela", "spenat", "spindel", "spis",
  "sport", "springa", "stad", "stadion", "staket", "stall", "stark", "starta", "stava", "stolt", "stor", "strand",
  "strumpa", "strut", "student", "studio", "stuga", "surfa", "svamp", "svan", "svara", "tabell", "tak", "tallrik",
  "tangent", "tapet", "tavla", "taxi", "teater", "teckna", "tejp", "telefon", "tennis", "termos", "terrass", "testa",
  "text", "tidig", "tidning", "tiger", "timme", "titta", "tjusig", "toffel", "tomat", "torg", "torka", "trampa",
  "tratt", "trevlig", "trivas", "trumma", "trumpet", "trycka", "trygg", "tulpan", "tung", "tunna", "tunnel", "tupp",
  "turist", "turkos", "tydlig", "tyg", "uggla", "ugn", "ull", "unik", "utflykt", "vacker", "vagga", "vagn", "vaken",
  "valp", "valross", "vandra", "vanilj", "vanlig", "vante", "varm", "vas", "vatten", "ved", "verktyg", "video", "vifta",
  "vila", "vimpel", "vind", "vinge", "vinka", "vinter", "viol", "violin", "visp", "vissla", "vitamin", "vulkan",
  "vuxen", "vykort", "yrke", "zebra",
];
