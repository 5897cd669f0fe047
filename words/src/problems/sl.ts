import { day } from "../languages.ts";
import { delegationProblems } from "./delegations/sl.ts";
import type { Facts, ProblemWords } from "./it.ts";
import { nodeProblems } from "./node/sl.ts";

const names = (facts: Facts) =>
  Array.isArray(facts.grantors) && facts.grantors.length ? (facts.grantors as string[]).join(", ") : null;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const words: ProblemWords = {
  problems: {
    ...delegationProblems,
    ...nodeProblems,
    "input-invalid": {
      title: "Nekateri podatki niso v redu",
      detail: () => "Označeni so posamično: popravite jih in pošljite znova. Nič ni bilo zapisano.",
    },
    "not-found": { title: "Te strani ni", detail: () => "Naslov je napačen ali vir ne obstaja več." },
    "method-not-allowed": {
      title: "Dejanje tu ni predvideno",
      detail: () => "Ta naslov sprejema druga dejanja: navedena so v dokumentu OpenAPI.",
    },
    "media-type-unsupported": {
      title: "Oblika ni sprejeta",
      detail: () => "Pošljite JSON ali datoteko, kot je navedeno v dokumentaciji.",
    },
    "body-too-large": {
      title: "Zahteva je prevelika",
      detail: () => "Presega omejitev tega naslova. Nič ni bilo zapisano.",
    },
    "too-many-requests": {
      title: "Preveč zahtev",
      detail: (f) => `Poskusite znova čez ${text(f.seconds) || "60"} sekund.`,
    },
    "internal-error": {
      title: "Težava je na naši strani",
      detail: () =>
        "Zahteve nismo dokončali in nič ni bilo zapisano. Poskusite znova; če se ponovi, podpori sporočite kodo, ki je prikazana tukaj.",
    },
    "temporarily-unavailable": {
      title: "Storitev se ne odziva",
      detail: () => "Težava je na naši strani in bo minila. Poskusite znova čez minuto.",
    },
    "session-missing": {
      title: "Potrebna je prijava",
      detail: (f) =>
        f.staff
          ? "Prijavite se pri vhodu za osebje in se vrnete sem."
          : "Prijavite se s SPID ali CIE in se vrnete sem.",
    },
    "session-expired": {
      title: "Seja je končana",
      detail: () =>
        "Zaradi varnosti se zapre po obdobju brez dejavnosti. Prijavite se znova: kar je bilo shranjeno, je še tu.",
    },
    "request-forged": {
      title: "Zahteva ni prepoznana",
      detail: () => "Ne prihaja s strani portala. Vrnite se na stran in ponovite dejanje tam.",
    },
    "permission-missing": {
      title: "Manjka vam dovoljenje",
      detail: (f) =>
        f.staff
          ? `Potrebno je dovoljenje »${text(f.permission)}«, ki ga vaši profili ne vsebujejo.`
          : names(f)
            ? `Manjka vam dovoljenje »${text(f.permission)}«. Lahko vam ga da ${names(f)}.`
            : `Za to ustanovo je potrebno dovoljenje »${text(f.permission)}«, ki ga nimate.`,
    },
    "idempotency-key-reused": {
      title: "Ključ ponovitve je že uporabljen",
      detail: () => "Isti Idempotency-Key je prispel z drugačnimi podatki. Uporabite novega.",
    },
    "idempotency-key-running": {
      title: "Ista zahteva je v teku",
      detail: () => "Prva še ni končana. Počakajte na njen odgovor.",
    },
    "version-missing": {
      title: "Manjka prebrana različica",
      detail: () => "V If-Match navedite različico, ki ste jo prebrali.",
    },
    "version-stale": {
      title: "Nekdo je shranil pred vami",
      detail: () => "Podatki so se spremenili, odkar ste jih prebrali. Naložite znova, preverite in shranite.",
    },
    "login-provider-unknown": {
      title: "Neznan ponudnik identitete",
      detail: () => "Ni na seznamu priznanih ponudnikov. Izberite drugega.",
    },
    "login-response-malformed": {
      title: "Prijava ni uspela",
      detail: () => "Odgovora ponudnika identitete ni mogoče prebrati. Poskusite znova ali izberite drugega ponudnika.",
    },
    "login-response-untrusted": {
      title: "Prijava ni uspela",
      detail: () =>
        "Odgovora ponudnika identitete ni mogoče preveriti. Poskusite znova ali izberite drugega ponudnika.",
    },
    "login-response-not-for-us": {
      title: "Prijava ni uspela",
      detail: () => "Odgovor ponudnika identitete je bil namenjen drugi storitvi. Poskusite znova od tukaj.",
    },
    "login-response-out-of-time": {
      title: "Prijava je potekla",
      detail: () => "Med zahtevo in odgovorom je minilo preveč časa. Začnite prijavo znova.",
    },
    "login-response-unexpected": {
      title: "Prijava ni uspela",
      detail: () => "Ta odgovor ne ustreza nobeni prijavi v teku. Začnite znova od tukaj.",
    },
    "login-response-replayed": {
      title: "Prijava je že uporabljena",
      detail: () => "Ta odgovor je bil že uporabljen in ne velja več. Začnite prijavo znova.",
    },
    "login-other-browser": {
      title: "Prijava začeta drugje",
      detail: () => "Prijava se je začela v drugem oknu ali na drugi napravi. Začnite znova od tukaj.",
    },
    "login-level-insufficient": {
      title: "Potreben je vstop 2. stopnje",
      detail: () => "Uporabljeni podatki so nižje stopnje. Prijavite se znova z 2. stopnjo.",
    },
    "login-fiscal-code-missing": {
      title: "Manjka davčna številka",
      detail: () => "Uporabljena identiteta nima italijanske davčne številke, po kateri portal prepozna osebe.",
    },
    "login-identity-mismatch": {
      title: "Podatki identitete se ne ujemajo",
      detail: () => "Datum rojstva ne ustreza davčni številki. Obrnite se na svojega ponudnika identitete.",
    },
    "login-provider-error": {
      title: "Ponudnik identitete vas ni spustil naprej",
      detail: () => "Poskusite znova ali izberite drugega ponudnika.",
    },
    "login-provider-unavailable": {
      title: "Ponudnik identitete se ne odziva",
      detail: () => "Trenutno ga ne moremo doseči ali preveriti. Poskusite znova čez nekaj minut ali vstopite drugače.",
    },
    "inbox-item-unknown": {
      title: "Te vrstice ni več",
      detail: () => "Morda ste jo že odstranili ali pa ni bila vaša. Znova naložite »Opravila«.",
    },
    "topic-always-mailed": {
      title: "Kar zadeva varnost, pride vedno",
      detail: () => "Drugo e-pošto lahko izberete; te ne, ker varuje dostope ustanov.",
    },
    "step-up-needed": {
      title: "Potrdite, da ste to vi",
      detail: () =>
        "Za to dejanje je potrebna prijava v zadnjih desetih minutah. Potrdite s svojo identiteto in se vrnete sem: zapisano ostane.",
    },
    "step-up-session-over": {
      title: "Seja se je končala med potrjevanjem",
      detail: () => "Prijavite se znova in ponovite dejanje.",
    },
    "step-up-other-person": {
      title: "Potrdila je druga oseba",
      detail: () =>
        "Seja ostane pri tistem, ki jo je odprl, in nič ni bilo storjeno. Potrdite s svojo identiteto ali pa se odjavite in vstopite z drugo.",
    },
    "step-up-not-fresh": {
      title: "Ponudnik ni zahteval nove prijave",
      detail: () => "Odgovoril je s prejšnjo prijavo, ki tu ne zadošča. Poskusite znova.",
    },
    "login-person-blocked": {
      title: "Vaš dostop je ustavljen",
      detail: () => "Ustavila ga je varnost portala. Pišite Pomoči s kodo spodaj.",
    },
    "session-unknown": { title: "Te seje ni več", detail: () => "Je že končana ali ni vaša. Osvežite seznam." },
    "contact-changes-too-many": {
      title: "Preveč zahtevanih kod",
      detail: () => "V eni uri jih je mogočih pet. Poskusite pozneje: do takrat velja prejšnji naslov.",
    },
    "contact-code-wrong": {
      title: "To ni prava koda",
      detail: (f) => `Poglejte najnovejše sporočilo. Preostali poskusi: ${text(f.attemptsLeft)}.`,
    },
    "contact-code-over": {
      title: "Koda ne velja več",
      detail: () => "Je potekla, je že uporabljena ali pa ni več poskusov. Zahtevajte novo.",
    },
    "staff-door-closed": {
      title: "Vhod za osebje je zaprt",
      detail: () => "Ponudnik identitete osebja še ni povezan s tem portalom.",
    },
    "staff-login-refused": {
      title: "Prijava ni uspela",
      detail: () =>
        "Ponudnik identitete ni dal sprejemljivega odgovora ali pa je minilo preveč časa. Začnite znova tukaj.",
    },
    "staff-without-profile": {
      title: "Na tem portalu nimate profila",
      detail: () => "Prepoznali smo vas, vendar nobena od vaših skupin ne odpre portala.",
    },
    "staff-provider-unavailable": {
      title: "Ponudnik identitete ne odgovarja",
      detail: () => "Brez njega vas ne moremo prepoznati. Poskusite znova čez nekaj minut.",
    },
    "registry-body-unknown": {
      title: "Ustanove ni v IndicePA",
      detail: (f) => `Nobena ustanova nima kode IPA »${text(f.ipaCode)}«. Poiščite jo po imenu ali davčni številki.`,
    },
    "registry-body-ended": {
      title: "Ustanova je prenehala",
      detail: () =>
        "Po podatkih IndicePA je ustanova prenehala in ne more pristopiti. Če je to napaka, jo je treba popraviti v IndicePA.",
    },
    "registry-file-malformed": {
      title: "Datoteka IndicePA ni veljavna",
      detail: (f) => `Vrstica ${text(f.line)}: ${text(f.reason)}. Nič ni bilo naloženo.`,
    },
    "product-unknown": { title: "Neznan izdelek", detail: () => "Ta izdelek ne obstaja ali ni objavljen." },
    "product-faulty": {
      title: "Spremembe ni mogoče objaviti",
      detail: () => "Konfiguracija ima napake: preizkus jih našteje.",
    },
    "product-moved-on": {
      title: "Izdelek se je medtem spremenil",
      detail: () => "Objavljena je bila druga različica: začnite pri njej.",
    },
    "product-proposal-open": { title: "Sprememba že čaka", detail: () => "Najprej jo objavite ali vrnite." },
    "product-proposal-missing": {
      title: "Predloga ni več",
      detail: () => "Objavljen, umaknjen ali vrnjen je bil: izdelek preberite znova.",
    },
    "institution-unknown": { title: "Ustanova ni najdena", detail: () => "Te ustanove ni ali zanjo ne delate." },
    "draft-unknown": {
      title: "Osnutek ni najden",
      detail: () => "Ne obstaja več ali ni vaš. Svoje osnutke najdete pri izbiri ustanove.",
    },
    "draft-expired": {
      title: "Osnutek je potekel",
      detail: () => "Osnutki se hranijo 60 dni. Odprite novega: podatki registra so že v njem.",
    },
    "hand-over-link-invalid": {
      title: "Ta povezava ne velja",
      detail: () =>
        "Je nepopolna, spremenjena ali jo je že uporabila druga oseba. Prosite sodelavca, naj vam osnutek preda znova.",
    },
    "onboarding-unknown": { title: "Pristop ni najden", detail: () => "Ne obstaja ali ga niste poslali vi." },
    "institution-kind-not-admitted": {
      title: "Vrsta ustanove ni dovoljena",
      detail: () => "Ta izdelek ni namenjen tej vrsti ustanove.",
    },
    "registry-entry-unknown": {
      title: "Ni v seznamu",
      detail: (f) => `V seznamu ni kode ${text(f.code)}. Vrni se na iskanje in izberi znova.`,
    },
    "institution-not-admitted": {
      title: "Ta ustanova ne more pristopiti",
      detail: (f) =>
        (
          ({
            category: "Njena kategorija v IndicePA ni med dovoljenimi za izdelek.",
            units: "K temu izdelku pristopi cela ustanova, ne njena AOO ali UO.",
            "private-beta": "Izdelek je v preizkusu: za zdaj pristopajo samo povabljene ustanove.",
            activity: "Dejavnosti v poslovnem registru niso med dovoljenimi.",
            closed: "Izdelek ne sprejema novih pristopov.",
          }) as Record<string, string>
        )[text(f.because)] ?? "Izdelek je ne dovoli.",
    },
    "parent-product-missing": {
      title: "Najprej je potreben drug izdelek",
      detail: (f) => `Ta izdelek dopolnjuje ${text(f.parent)}: najprej pristopi k temu, nato se vrni.`,
    },
    "recipient-code-not-of-institution": {
      title: "Koda prejemnika ni od te ustanove",
      detail: (f) =>
        `V IndicePA ${text(f.recipientCode)} ni koda njenega urada. Prepiši jo s strani ustanove, pri elektronskem računu.`,
    },
    "recipient-code-without-invoicing": {
      title: "Urad ne prejema računov",
      detail: (f) => `V IndicePA urad ${text(f.recipientCode)} nima storitve računov. Izberi takega, ki jo ima.`,
    },
    "institution-data-differ": {
      title: "Register se je spremenil",
      detail: (f) =>
        `Odkar ste ustanovo poiskali, se je IndicePA spremenil: PEC je zdaj ${text(f.pec)}. Preverite in pošljite znova.`,
    },
    "already-active": {
      title: "Ustanova je že pristopila",
      detail: () =>
        "Izdelek je za to ustanovo že dejaven. Če želite delati z njim, prosite za dostop enega od njenih upraviteljev.",
    },
    "already-awaiting-signature": {
      title: "Ta pristop ste že poslali",
      detail: () => "Počakajte na podpis: sporazum je v PEC ustanove. Najdete ga pri izbiri ustanove.",
    },
    "manager-among-administrators": {
      title: "Zakoniti zastopnik ne more biti upravitelj",
      detail: () => "Za ta izdelek morata biti to različni osebi: za upravitelja navedite drugo osebo.",
    },
    "administrator-repeated": {
      title: "Isti upravitelj dvakrat",
      detail: () => "Vsakega upravitelja navedite samo enkrat.",
    },
    "product-has-children": {
      title: "Drugi izdelki temeljijo na tem",
      detail: (f) => `Najprej zapustite: ${text(f["children"])}. Nič se ni spremenilo.`,
    },
    "aggregates-not-allowed": {
      title: "Temu izdelku vsaka ustanova pristopi sama",
      detail: () => "Za druge z datoteko ni mogoče pristopiti.",
    },
    "aggregate-file-unknown": {
      title: "Te datoteke ni",
      detail: () => "Datoteke brez vloge se hranijo 30 dni. Naložite jo znova.",
    },
    "aggregate-file-malformed": {
      title: "Datoteke ni mogoče prebrati",
      detail: (f) => `Vrstica ${text(f["line"])}: ${text(f["reason"])}. Nič ni bilo zapisano.`,
    },
    "aggregate-file-too-long": {
      title: "Datoteka je predolga",
      detail: (f) => `Do ${text(f["maximum"])} vrstic: razdelite jo.`,
    },
    "aggregate-file-used": {
      title: "Pristop za to datoteko je že v teku",
      detail: () => "Za druge ustanove naložite drugo datoteko.",
    },
    "aggregate-file-empty": {
      title: "Nobena vrstica ni v redu",
      detail: () => "Popravite označene vrstice in naložite datoteko znova.",
    },
    "onboarding-not-to-sign": {
      title: "Zdaj ni ničesar za podpisati",
      detail: () => "Sporazum ne čaka na podpis: poglejte, kje je pristop.",
    },
    "onboarding-resent-already": {
      title: "Pravkar je bil poslan",
      detail: () => "Počakajte eno uro; medtem poglejte med neželeno pošto PEC.",
    },
    "onboarding-extended-already": {
      title: "Čas je že podaljšan",
      detail: () => "Podaljša se enkrat. Če poteče, pošljite nov pristop.",
    },
    "onboarding-not-reviewed": {
      title: "Ta pristop se ne pregleduje",
      detail: () => "Nihče ga ne pogleda prej: sporazum gre takoj ven.",
    },
    "onboarding-not-to-correct": {
      title: "Ni ničesar za popraviti",
      detail: () => "Popravlja se, ko to zahteva pregledovalec; medtem lahko napišete sporočilo.",
    },
    "onboarding-of-another-institution": {
      title: "To je druga ustanova",
      detail: () => "Popravek zadeva že poslano ustanovo. Za drugo pošljite nov pristop.",
    },
    "review-decided-already": {
      title: "O njem je že odločeno",
      detail: (f) =>
        f["by"]
          ? `${text(f["by"])}: ${f["outcome"] === "approved" ? "odobreno" : f["outcome"] === "rejected" ? "zavrnjeno" : "zahtevan popravek"}${f["at"] ? ` (${day("sl", text(f["at"]))})` : ""}. Vaša odločitev ni bila zapisana.`
          : "Medtem je bilo o njem odločeno ali je bil umaknjen. Vaša odločitev ni bila zapisana.",
    },
    "review-taken": {
      title: "Obravnava ga sodelavec",
      detail: (f) => `${text(f["by"]) || "Sodelavec"} ga ima: prevzemite ga ali ga pustite. Nič ni bilo zapisano.`,
    },
    "review-data-changed": {
      title: "Podatki so se medtem spremenili",
      detail: () =>
        "Vloga je bila popravljena, potem ko ste jo odprli: preberite jo znova in nato odločite. Nič ni bilo zapisano.",
    },
    "review-over": { title: "Pregled je končan", detail: () => "O tej vlogi se ne piše več." },
    "review-proposal-open": {
      title: "Odločitev že čaka drugo osebo",
      detail: () => "Sodelavec je predlagal, kaj storiti: potrdite ali vrnite.",
    },
    "review-proposal-missing": {
      title: "Ničesar ni več za potrditi",
      detail: () => "Predlog je bil umaknjen ali potrjen. Vlogo preberite znova.",
    },
    "onboarding-not-cancellable": { title: "Preklic ni več mogoč", detail: () => "Pristop je že zaključen." },
    "second-person-needed": {
      title: "Potrebna je druga oseba",
      detail: () =>
        "Ustanova za to spremembo zahteva dve osebi: predlagajte jo, sodelavec, ki jo sme izvesti, pa jo odobri. Nič se ni spremenilo.",
    },
    "second-person-missing": {
      title: "Nihče ne bi mogel odobriti",
      detail: () =>
        "Za zahtevo dveh oseb morata vsaj dva sodelavca imeti dovoljenji za spreminjanje IBAN in odobritev. Najprej ju dodelite še eni osebi.",
    },
    "proposal-unknown": { title: "Predloga ni", detail: () => "Ne obstaja ali pripada drugi ustanovi." },
    "proposal-closed": {
      title: "Predlog je že zaprt",
      detail: () => "Nekdo ga je odločil ali umaknil ali pa mu je potekel rok. Znova naložite stran.",
    },
    "proposal-own": { title: "To je vaš predlog", detail: () => "O njem odloči druga oseba. Vi ga lahko umaknete." },
    "proposal-of-another": {
      title: "To je predlog druge osebe",
      detail: () => "Umakne ga le avtor; vi ga lahko zavrnete.",
    },
    "proposal-outdated": {
      title: "Medtem se je nekaj spremenilo",
      detail: () =>
        "Predlagane spremembe ni več mogoče izvesti tako. Avtor jo lahko umakne in predlaga znova. Nič se ni spremenilo.",
    },
    "proposal-not-possible": {
      title: "Tega dejanja ni mogoče predlagati",
      detail: () => "Izvede se neposredno, s potrebnim dovoljenjem.",
    },
    "product-not-active": {
      title: "Izdelek ni aktiven",
      detail: () => "Ustanova mora najprej pristopiti k izdelku. Pristop se začne v pregledu.",
    },
    "iban-unknown": {
      title: "IBAN ni najden",
      detail: () => "V tem okolju ne obstaja, je umaknjen ali pripada drugi ustanovi.",
    },
    "iban-already-registered": {
      title: "IBAN že obstaja",
      detail: () => "Je med IBAN v uporabi v tem okolju: odprite ga in ga spremenite.",
    },
    "iban-of-another-institution": {
      title: "Poštni račun druge ustanove",
      detail: () => "Račun BancoPosta lahko pripada le eni ustanovi. Preverite številke; če je vaš, pišite podpori.",
    },
    "iban-dates": {
      title: "Datumi niso ustrezni",
      detail: (f) =>
        f.why === "begins-too-early"
          ? `Velja lahko najprej od ${day("sl", text(f.earliest))}: izberite ta ali poznejši dan.`
          : f.why === "already-begun"
            ? "IBAN že velja: začetka ni več mogoče spremeniti."
            : f.why === "already-over"
              ? "Konec je že mimo: izberite dan od danes naprej."
              : f.why === "retires-too-early"
                ? `Prvi možni dan umika je ${day("sl", text(f.earliest))}.`
                : "Konec mora biti po začetku.",
    },
    "iban-retiring": {
      title: "Umik je že načrtovan",
      detail: () => "Najprej ga prekličite, če želite izbrati drug dan.",
    },
    "iban-not-retiring": { title: "Ni umika za preklic", detail: () => "IBAN je v uporabi, brez dneva umika." },
    "iban-last": {
      title: "To je edini IBAN ustanove",
      detail: () => "Brez računa ustanova ne more prejemati plačil: najprej dodajte drugega.",
    },
    "iban-not-owner": {
      title: "O koncu odloča druga ustanova",
      detail: () =>
        "Ta IBAN uporablja tudi druga ustanova, ki ga je prva prijavila kot svojega: samo ona določi konec. Vi lahko načrtujete umik s svojega seznama.",
    },
    "iban-file-malformed": {
      title: "Datoteke ni mogoče prebrati",
      detail: (f) =>
        `${f.file ? `${text(f.file)}: ` : f.line ? `Vrstica ${text(f.line)}: ` : ""}${text(f.reason)}. Popravite jo in jo znova naložite: nič se ni spremenilo.`,
    },
    "iban-file-too-long": {
      title: "Datoteka ima preveč vrstic",
      detail: (f) => `Lahko jih ima ${text(f.maximum)}: razdelite jo na več datotek.`,
    },
    "iban-file-of-another": {
      title: "Datoteka je od druge ustanove",
      detail: (f) => `V njej piše ${text(f.taxCode)}. Izberite datoteko te ustanove.`,
    },
    "iban-zip-refused": {
      title: "ZIP ni sprejet",
      detail: (f) =>
        `${f.file ? `${text(f.file)}: ` : ""}${({ "not-a-zip": "ni cel ZIP", "too-many-files": "vsebuje več kot 10 datotek", "too-large": "odprt presega 10 MB", encrypted: "zaščiten je z geslom", folder: "vsebuje mape", "repeated-name": "dve datoteki imata isto ime", empty: "je prazen" } as Record<string, string>)[text(f.why)] ?? "je poškodovan"}.`,
    },
    "node-file-malformed": {
      title: "Datoteke ni mogoče prebrati",
      detail: (f) => `${f.file ? `${text(f.file)}: ` : f.line ? `Vrstica ${text(f.line)}: ` : ""}${text(f.reason)}.`,
    },
    "node-file-too-long": {
      title: "Datoteka ima preveč vrstic",
      detail: (f) => `Lahko jih ima ${text(f.maximum)}: razdelite jo.`,
    },
    "iban-import-unknown": {
      title: "Datoteke ni mogoče najti",
      detail: () => "Ni od te ustanove in okolja ali pa je minil mesec, ne da bi bila uporabljena. Naložite jo znova.",
    },
    "iban-import-partial": {
      title: "Nekatere vrstice so zavrnjene",
      detail: (f) =>
        `Število: ${text(f.refused)}. Popravite datoteko in jo znova naložite ali uporabite samo pravilne vrstice.`,
    },
    "iban-import-empty": {
      title: "Ni kaj uporabiti",
      detail: () => "Nobena vrstica ne bi ničesar spremenila.",
    },
    "iban-import-outdated": {
      title: "Medtem se je nekaj spremenilo",
      detail: (f) =>
        `${f.line ? `Vrstica ${text(f.line)} (${text(f.iban)}) ni več pravilna. ` : ""}Znova naložite datoteko, da jo preverite: nič se ni spremenilo.`,
    },
    "evidence-needed": {
      title: "Manjka dokazilo o računu",
      detail: () => "Račun je od nekoga drugega: naložite PDF, ki to dovoljuje, na primer pogodbo o zakladništvu.",
    },
    "evidence-unknown": {
      title: "Datoteke ni mogoče najti",
      detail: () => "Ni bila naložena za to ustanovo in okolje ali pa že dokazuje drug IBAN. Naložite jo znova.",
    },
    "evidence-not-a-pdf": {
      title: "Potreben je PDF",
      detail: () => "Datoteka ni PDF, niti znotraj podpisa. Izberite drugo.",
    },
    "iban-labelled": {
      title: "IBAN nosi oznako",
      detail: () => "Najprej premaknite oznake na drug IBAN: sicer ta plačila ne bi imela računa.",
    },
    "not-a-member": {
      title: "Za to ustanovo ne delate",
      detail: () => "Potrebujete dostop do te ustanove. Zanj zaprosite na strani »Za koga delate danes?«.",
    },
    "person-unknown": {
      title: "Oseba ni najdena",
      detail: () => "Za to ustanovo ne dela ali ne dela več. Povabite jo, da dobi dostop.",
    },
    "membership-unknown": {
      title: "Dostop ni najden",
      detail: () => "Je že odvzet ali pripada drugi ustanovi. Znova naložite stran.",
    },
    "profile-unknown": {
      title: "Profil ni najden",
      detail: () => "Je izbrisan ali pripada drugemu produktu ali ustanovi. Izberite enega s seznama.",
    },
    "group-unknown": { title: "Skupina ni najdena", detail: () => "Je izbrisana ali pripada drugi ustanovi." },
    "grant-exceeds-own": {
      title: "Ne morete dati ali vzeti več, kot imate",
      detail: () => "Imeti morate vsa dovoljenja tega profila za ta produkt. To lahko stori skrbnik produkta.",
    },
    "last-administrator": {
      title: "To je zadnji skrbnik",
      detail: () => "Ustanova bi ostala brez njega zdaj ali od že določenega dne. Najprej imenujte naslednika.",
    },
    "membership-repeated": {
      title: "To že ima",
      detail: () => "Oseba ima ta profil že po isti poti. Po potrebi spremenite datume obstoječega.",
    },
    "membership-from-group": {
      title: "Izvira iz skupine",
      detail: () => "Datumov članov skupine ne spreminjamo: odstranite osebo iz skupine ali spremenite skupino.",
    },
    "profiles-not-combinable": {
      title: "Za ta produkt je mogoč en sam profil",
      detail: () => "Najprej odvzemite obstoječega, nato dajte novega.",
    },
    "nothing-to-change": {
      title: "Že je tako",
      detail: () => "Nekdo vas je prehitel ali pa stran ni bila osvežena. Nič se ni spremenilo.",
    },
    "product-without-settings": {
      title: "Tu ni ničesar za nastaviti",
      detail: () => "Ta produkt se ne nastavlja v Area Riservata.",
    },
    "product-without-back-office": {
      title: "Od tu ni vstopa",
      detail: () => "Ta produkt v tem okolju nima zalednega sistema.",
    },
    "settings-nothing-saved": {
      title: "Ni ničesar za vključiti",
      detail: () => "Najprej shranite nastavitve, nato jih vključite.",
    },
    "settings-incomplete": {
      title: "Nekaj še manjka",
      detail: (f) => `Dopolnite: ${Array.isArray(f["steps"]) ? f["steps"].join(", ") : ""}. Napisano je shranjeno.`,
    },
    "settings-awaiting-review": {
      title: "Sprememba že čaka na osebje",
      detail: () => "Naslednjo lahko vključite, ko bo o njej odločeno. Če ni več potrebna, jo umaknite.",
    },
    "settings-not-waiting": {
      title: "Ta sprememba ne čaka več",
      detail: () => "Nekdo je medtem o njej odločil ali jo umaknil: osvežite stran.",
    },
    "settings-change-unknown": {
      title: "Te spremembe ni",
      detail: () => "Naslov je napačen ali pa sprememba ne sodi k temu produktu.",
    },
    "dates-out-of-order": {
      title: "Datuma se ne ujemata",
      detail: () => "Konec mora biti po začetku in ne sme biti že mimo.",
    },
    "profile-exceeds-maker": {
      title: "Profil ne vsebuje tega, česar njegov avtor nima",
      detail: () =>
        "Odstranite označena dovoljenja ali naj ga ustvari nekdo, ki jih ima s privzetim profilom za ta produkt.",
    },
    "profile-name-taken": {
      title: "Profil s tem imenom že obstaja",
      detail: () => "Imena se znotraj produkta razlikujejo. Izberite drugo.",
    },
    "profile-of-group": {
      title: "Ta profil ima skupina",
      detail: () => "Skupini najprej dajte drug profil ali jo izbrišite.",
    },
    "permission-of-another-product": {
      title: "Dovoljenje pripada drugemu produktu",
      detail: () => "Profil velja za en produkt. Za drugega ustvarite novega.",
    },
    "group-resource-unknown": {
      title: "Nekaj navedenega ne obstaja",
      detail: (f) =>
        `»${String(f["resource"] ?? "")}« ni med postajami ustanove na tem produktu. Preverite kodo ali pustite prazno.`,
    },
    "group-name-taken": {
      title: "Skupina s tem imenom že obstaja",
      detail: () => "Imena se znotraj produkta razlikujejo. Izberite drugo.",
    },
    "group-suspended": {
      title: "Skupina je začasno ustavljena",
      detail: () => "Pred spreminjanjem jo znova vklopite.",
    },
    "group-of-administrators": {
      title: "Skrbnik je oseba, ne skupina",
      detail: () => "Kdor upravlja, ima vedno ime. Profil dajte osebi.",
    },
    "already-here": {
      title: "Za ustanovo že dela",
      detail: () => "Vabilo ni potrebno: drug profil dodelite na strani osebe, pod Uporabniki.",
    },
    "invitation-unknown": { title: "Vabilo ni najdeno", detail: () => "Ne obstaja ali pripada drugi ustanovi." },
    "invitation-pending": {
      title: "Vabilo že čaka",
      detail: () => "Ista oseba je že povabljena. Vabilo lahko pošljete znova ali ga umaknete.",
    },
    "invitation-used": {
      title: "Vabilo je že sprejeto",
      detail: () => "Velja le enkrat. Če ste ga sprejeli vi, je ustanova med vašimi.",
    },
    "invitation-revoked": {
      title: "Vabilo je umaknjeno",
      detail: () => "Kdor vas je povabil, ga je umaknil. Če potrebujete dostop, zaprosite ustanovo.",
    },
    "invitation-lapsed": {
      title: "Vabilo ne velja več",
      detail: () => "Kdor vas je povabil, ponujenega ne more več dati ali pa so datumi minili. Prosite za novo vabilo.",
    },
    "invitation-for-somebody-else": {
      title: "To vabilo je za nekoga drugega",
      detail: () =>
        "Velja le za osebo z davčno številko, na katero je poslano. Ustanova vidi, da ga je odprl nekdo drug.",
    },
    "institution-not-joined": {
      title: "Ustanova še ni pristopila",
      detail: () => "Nikogar ni, ki bi ga prosili za dostop. Pristop lahko začnete sami.",
    },
    "access-request-unknown": { title: "Prošnja ni najdena", detail: () => "Ne obstaja ali pripada drugi ustanovi." },
    "access-request-pending": {
      title: "To ste že zaprosili",
      detail: () => "Vaša prošnja čaka na odgovor. Lahko jo umaknete in zaprosite za kaj drugega.",
    },
    "too-many-access-requests": {
      title: "Za danes ste zaprosili dovolj",
      detail: (f) =>
        `Na dan jih lahko pošljete največ ${String(f["most"] ?? "nekaj")}. Počakajte na odgovore ali umaknite, česar ne potrebujete več.`,
    },
    "access-request-answered": {
      title: "Odgovor že obstaja",
      detail: () => "Nekdo je že odgovoril ali pa je bila prošnja umaknjena.",
    },
    "permission-already-held": {
      title: "To dovoljenje že imate",
      detail: () => "Znova naložite stran: lahko nadaljujete.",
    },
    "assistance-too-many": {
      title: "Preveč zahtev",
      detail: () => "V eni uri jih lahko pošljete deset. Že poslane so prispele.",
    },
    "assistance-unknown": {
      title: "Zahteve ni mogoče najti",
      detail: () => "Preverite seznam: morda je iz drugega okolja.",
    },
    "assistance-answered": {
      title: "Že ima odgovor",
      detail: () => "Sodelavec je odgovoril prej. Znova naložite stran.",
    },
    "representative-unchanged": {
      title: "To je že ta oseba",
      detail: () => "Zakoniti zastopnik, ki ga poznamo, že ima to davčno številko.",
    },
    "representative-missing": {
      title: "Ne vemo, kdo podpiše",
      detail: () => "Najprej navedite zakonitega zastopnika na strani ustanove.",
    },
    "nomination-needed": {
      title: "Potrebno je podpisano imenovanje",
      detail: () =>
        "Za ta izdelek se skrbnik imenuje z dokumentom, ki ga podpiše zakoniti zastopnik: odprite ga pod »Imenovanja«.",
    },
    "nomination-not-needed": {
      title: "Dokument ni potreben",
      detail: () => "Na tem izdelku skrbnika dodelite sami, na strani osebe ali s povabilom.",
    },
    "nomination-pending": {
      title: "Imenovanje že čaka",
      detail: () => "Za to osebo že obstaja dokument za podpis. Uporabite ga ali umaknite.",
    },
    "nomination-unknown": {
      title: "Imenovanja ni mogoče najti",
      detail: () => "Preverite naslov ali se vrnite na seznam.",
    },
    "nomination-closed": {
      title: "Imenovanje je že zaključeno",
      detail: () => "Podpisano je ali umaknjeno. Znova naložite stran.",
    },
    "nomination-outdated": {
      title: "Zakoniti zastopnik se je zamenjal",
      detail: () => "Dokument navaja prejšnjega. Umaknite ga in napišite novega.",
    },
    "review-unknown": {
      title: "Pregleda ni mogoče najti",
      detail: () => "Preverite naslov ali se vrnite na seznam pregledov.",
    },
    "review-open": {
      title: "Pregled je že odprt",
      detail: () => "Odgovorite na tega: ko je zaključen, lahko odprete drugega.",
    },
    "review-closed": {
      title: "Pregled je zaključen",
      detail: () => "Čas je potekel ali pa imajo vse vrstice odgovor.",
    },
    "review-line-unknown": {
      title: "Vrstice ni mogoče najti",
      detail: () => "Ni del tega pregleda. Znova naložite stran.",
    },
    "review-line-answered": {
      title: "Že ima odgovor",
      detail: () => "Medtem je nekdo odgovoril ali se je dostop končal. Znova naložite stran.",
    },
    "review-own-line": {
      title: "Vaš dostop potrdi nekdo drug",
      detail: () => "Obstaja drug skrbnik: vaš dostop pregleda on. Vi ga lahko samo odstranite.",
    },
    "administrators-answer": {
      title: "Ustanova še ima skrbnike",
      detail: (f) =>
        `${text(f["institution"]) || "Ta ustanova"} ima skrbnike, ki so vstopili pred kratkim: prosite jih za dostop.`,
    },
    "recovery-open": {
      title: "Nekdo je to že zahteval",
      detail: () => "Za to ustanovo že teče zahteva. Počakajte, da se konča: kdor tam dela, jo vidi na svoji strani.",
    },
    "recoveries-too-many": {
      title: "Preveč zahtev",
      detail: () => "Zahtevate lahko trikrat na mesec. Če je nujno, pišite Pomoči.",
    },
    "recovery-unknown": {
      title: "Zahteve ni mogoče najti",
      detail: () =>
        "Vidijo jo oseba, ki jo je oddala, zakoniti zastopnik in osebe ustanove. Preverite, s katero identiteto ste vstopili.",
    },
    "recovery-closed": {
      title: "Zahteva je že zaključena",
      detail: () => "Medtem se je končala, bila ustavljena ali potekla. Znova naložite stran.",
    },
    "recovery-confirmed": {
      title: "Že potrjeno",
      detail: () => "Zakoniti zastopnik ali osebje je že potrdilo: nič drugega ni potrebno.",
    },
    "not-the-representative": {
      title: "Potrdi samo zakoniti zastopnik",
      detail: () =>
        "Vaša davčna številka ni od zakonitega zastopnika, ki ga poznamo. Če se je zamenjal, odgovori osebje.",
    },
    "image-not-png": {
      title: "Ni PNG",
      detail: () => "Potrebna je slika PNG. Shranite jo v tej obliki: sprememba končnice ni dovolj.",
    },
    "image-damaged": {
      title: "Slika je poškodovana",
      detail: () => "Datoteke ni mogoče prebrati do konca ali vsebuje neznane dele. Znova jo izvozite kot PNG.",
    },
    "image-wrong-size": {
      title: "Logotip ima drugo velikost",
      detail: (f) =>
        `Meri ${text(f["width"])} × ${text(f["height"])} pixel. Potreben je kvadrat s stranico od 300 do 400 pik.`,
    },
    "logo-missing": {
      title: "Logotipa ni",
      detail: () => "Ustanova ga še nima ali ga je nekdo že odstranil.",
    },
    "agreement-unknown": { title: "Sporazum ni najden", detail: () => "Ne obstaja ali pripada drugi ustanovi." },
    "acceptance-unknown": {
      title: "Te zahteve ni",
      detail: () => "Ustanova tu nima nove različice za sprejem. Vrnite se na dokumente.",
    },
    "acceptance-closed": {
      title: "Ni več česa sprejeti",
      detail: () => "Različica je že sprejeta, presežena z novejšim besedilom ali pa je ustanova zapustila produkt.",
    },
    "acceptance-wants-signature": {
      title: "Ta različica se podpiše",
      detail: () => "Potreben je digitalni podpis zakonitega zastopnika: pojdite na stran za podpis.",
    },
    "acceptance-moved-on": {
      title: "Obstaja novejše besedilo",
      detail: () => "Kar ste prebrali, ni več zadnje. Znova naložite stran in preberite, kaj se spremeni.",
    },
    "convention-unknown": {
      title: "Te konvencije ni",
      detail: () => "Ustanova je ne more zahtevati ali je nima. Vrnite se na dokumente.",
    },
    "convention-open": {
      title: "Ta konvencija že obstaja",
      detail: () => "Je aktivna ali čaka na podpis: najdete jo med dokumenti.",
    },
    "agreement-template-unknown": {
      title: "Tega besedila ni",
      detail: () => "Vrnite se na seznam besedil.",
    },
    "agreement-template-faulty": {
      title: "Besedilo ima napake",
      detail: () => "Popravite naštete: mesto v oklepajih mora biti tako, ki ga sporazum zna izpolniti.",
    },
    "agreement-template-moved-on": {
      title: "Besedilo se je medtem spremenilo",
      detail: () => "Nekdo je objavil drugo različico. Znova naložite stran in začnite z njo.",
    },
    "link-invalid": {
      title: "Ta povezava ne velja",
      detail: () =>
        "Je nepopolna ali spremenjena. Odprite jo znova iz sporočila, ki je prispelo v PEC, ne da bi jo spreminjali.",
    },
    "link-expired": {
      title: "Ta povezava je potekla",
      detail: () => "Čas za podpis je minil. Kdor je poslal pristop, ga lahko pošlje znova: prispe nova povezava.",
    },
    "link-used": {
      title: "Že opravljeno",
      detail: () => "Podpisani sporazum je bil že sprejet: ničesar več ni treba.",
    },
    "onboarding-cancelled": {
      title: "Ta pristop je bil preklican",
      detail: () => "Podpisati ga ni več mogoče. Za pristop pošljite novega.",
    },
    "onboarding-superseded": {
      title: "Drug pristop je že zaključen",
      detail: () => "Ustanova je podpisala drugo zahtevo za isti izdelek: ta ni več potrebna.",
    },
    "agreement-not-ready": {
      title: "Sporazum še ni pripravljen",
      detail: () => "Pravkar ga pišemo. Poskusite znova čez minuto.",
    },
    "agreement-proof-missing": {
      title: "Dokazilo ni na voljo",
      detail: () =>
        "Sporazum je bil podpisan, preden je portal pisal dokazila: dokument in podpisana datoteka sta na voljo.",
    },
    "remote-signature-unavailable": {
      title: "Podpis na daljavo ne odgovarja",
      detail: () =>
        "Storitev podpisovanja ne odgovarja. Poskusite čez nekaj minut ali podpišite s svojimi orodji in naložite datoteko: povezava še velja.",
    },
    "remote-signature-refused": {
      title: "Podpis ni odobren",
      detail: () =>
        "Storitev podpisovanja ga ni odobrila: potrditev je bila preklicana ali ni uspela. Nič se ni spremenilo, poskusite znova.",
    },
    "remote-signature-without-certificate": {
      title: "Ni potrdila za podpis",
      detail: () =>
        "Pri tej storitvi ni veljavnega potrdila za podpis. Podpišite s svojimi orodji in naložite datoteko.",
    },
    "remote-signature-expired": {
      title: "Podpis je bil prekinjen",
      detail: () =>
        "Minilo je preveč časa ali pa potrditev prihaja iz drugega brskalnika. Začnite znova s povezavo iz PEC: nič se ni spremenilo.",
    },
    "file-missing": { title: "Manjka datoteka", detail: () => "Izberite podpisano datoteko in pošljite znova." },
    "file-too-large": {
      title: "Datoteka je prevelika",
      detail: () =>
        "Omejitev je 20 MB. Podpisani sporazum ima navadno manj kot 1 MB: preverite, ali ste izbrali pravo datoteko.",
    },
    "upload-truncated": {
      title: "Datoteka je prispela nepopolna",
      detail: () => "Povezava se je prekinila. Nič ni bilo zabeleženo: pošljite znova.",
    },
    "not-a-signature": {
      title: "Datoteka ni podpisana",
      detail: () =>
        "V njej ni digitalnega podpisa. Sporazum podpišite s CAdES (.p7m) ali PAdES (.pdf) in naložite datoteko, ki jo ustvari program za podpisovanje.",
    },
    "signature-of-another-document": {
      title: "Podpisan je drug dokument",
      detail: () =>
        "Podpisani dokument ni sporazum, ki smo vam ga poslali. Sporazum prenesite od tukaj in podpišite tega, brez žigov in vpisnih oznak: žig pride po podpisu.",
    },
    "signature-of-older-version": {
      title: "Podpisana je prejšnja različica",
      detail: (f: Facts) =>
        `Podpisani dokument je z dne ${text(f["writtenAt"]).slice(0, 10) || "pred časom"} in ne velja več. Prenesite sporazum s te povezave in podpišite tega.`,
    },
    "signature-before-issue": {
      title: "Datum podpisa je pred sporazumom",
      detail: () =>
        "Podpis nosi datum iz časa, ko sporazuma še ni bilo. Preverite datum in uro računalnika ter podpišite znova.",
    },
    "signature-nested-too-deep": {
      title: "Preveč ovojnic ena v drugi",
      detail: () =>
        "Datoteka je podpis v podpisu, več kot petkrat. Začnite s prenesenim sporazumom in ga podpišite enkrat.",
    },
    "signed-copy-to-review": {
      title: "Podpisano kopijo mora pogledati oseba",
      detail: () =>
        "Dokument se je po izdaji spremenil in sami ne moremo reči, ali samo zaradi žiga. Podpišite sporazum, prenesen od tu; žig gre na robove, brez dotikanja besedila.",
    },
    "signed-copy-active-content": {
      title: "Dokumentu je bila dodana aktivna vsebina",
      detail: () =>
        "Vsebuje skript, prilogo ali ukaz, ki ga sporazum ni imel. Prenesite sporazum od tu in podpišite tega.",
    },
    "signature-altered": {
      title: "Podpis ni neokrnjen",
      detail: () =>
        "Datoteka se je po podpisu spremenila. Naložite jo točno tako, kot jo ustvari program za podpisovanje.",
    },
    "signature-content-missing": {
      title: "V datoteki je samo podpis",
      detail: () => "To je ločen podpis brez dokumenta. Podpišite znova in izberite »podpis z vključenim dokumentom«.",
    },
    "signature-incomplete-coverage": {
      title: "Podpis ne zajema celotne datoteke",
      detail: () =>
        "Po podpisu je bilo nekaj dodano. Naložite datoteko točno tako, kot jo ustvari program za podpisovanje.",
    },
    "signature-weak-algorithm": {
      title: "Podpis z zastarelim postopkom",
      detail: () => "Uporabite posodobljen program za podpisovanje: potrebna sta SHA-256 in ključ z vsaj 2048 biti.",
    },
    "signed-file-truncated": {
      title: "Podpisana datoteka je nepopolna",
      detail: () => "Manjka konec datoteke. Znova jo kopirajte iz programa za podpisovanje in jo naložite.",
    },
    "signer-not-legal-representative": {
      title: "Podpisala je druga oseba",
      detail: (f) =>
        f.signer
          ? `Podpisal(a) je ${text(f.signer)}, potreben je podpis osebe ${text(f.expected)}. Sporazum velja samo s podpisom zakonitega zastopnika, navedenega v pristopu.`
          : "Sporazum velja samo s podpisom zakonitega zastopnika, navedenega v pristopu.",
    },
    "signer-identity-missing": {
      title: "V potrdilu manjka davčna številka",
      detail: () => "Potrebno je potrdilo za podpisovanje, izdano v Italiji, ki vsebuje davčno številko podpisnika.",
    },
    "signer-certificate-expired": {
      title: "Potrdilo za podpisovanje je poteklo",
      detail: (f) =>
        `Veljalo je do ${text(f.notAfter).slice(0, 10) || "dneva poteka"}. Obnovite ga in podpišite znova.`,
    },
    "signer-certificate-not-yet-valid": {
      title: "Potrdilo še ni veljavno",
      detail: () => "Potrdilo za podpisovanje začne veljati pozneje. Podpišite znova od tistega dne.",
    },
    "signer-certificate-untrusted": {
      title: "Izdajatelj potrdila ni priznan",
      detail: () =>
        "Potrdilo ni od ponudnika z evropskega seznama storitev zaupanja. Uporabite kvalificiran digitalni podpis.",
    },
    "signer-certificate-revoked": {
      title: "Potrdilo za podpis je preklicano",
      detail: (f: Facts) =>
        `Overitelj ga je preklical${f["revokedAt"] ? ` dne ${text(f["revokedAt"]).slice(0, 10)}` : ""}. Podpišite znova z veljavnim potrdilom.`,
    },
    "signer-certificate-status-unknown": {
      title: "Overitelj ne odgovarja",
      detail: () =>
        "Ne moremo vedeti, ali potrdilo še velja. Poskusite znova čez nekaj minut: datoteka je v redu, ni je treba znova podpisati.",
    },
    "signer-certificate-not-qualified": {
      title: "Podpis ni kvalificiran",
      detail: () =>
        "Overitelj je priznan, vendar to potrdilo ni kvalificirano za podpise. Uporabite kvalificirani digitalni podpis.",
    },
    "signer-certificate-not-for-signing": {
      title: "To ni potrdilo za podpisovanje",
      detail: () => "Je potrdilo za prijavo ali pošto. V programu izberite potrdilo za podpisovanje.",
    },
  },
  fields: {
    required: () => "Manjka: izpolnite za nadaljevanje.",
    "too-short": (f) => `Prekratko: najmanj znakov je ${text(f.minimum)}.`,
    "too-long": (f) => `Predolgo: največ znakov je ${text(f.maximum)}.`,
    "wrong-format": () => "Vsebuje znake ali obliko, ki niso v redu.",
    "wrong-length": (f) => `Dolžina ni prava: število znakov mora biti ${text(f.expected)}.`,
    "wrong-check-digit": () => "Kontrolni znak se ne ujema: pri tipkanju je prišlo do napake.",
    "wrong-type": () => "Vrednost ni pričakovane vrste.",
    "not-allowed": (f) =>
      f.because === "administrator-repeated" ? "Ta oseba je že med upravitelji." : "Ta vrednost ni dovoljena.",
    "unknown-field": () => "Eno od polj nam ni znano.",
    "too-few": (f) => `Najmanj ${text(f.minimum)}.`,
    "too-many": (f) => `Največ ${text(f.maximum)}.`,
    "pec-not-personal": () => "To je naslov PEC: potreben je običajni e-naslov osebe.",
    "not-a-pec": () => "To ni naslov PEC.",
    "name-disagrees": () => "Davčna številka se ne ujema z imenom in priimkom.",
    "iban-not-sepa": (f) => `Država ${text(f["country"])} ni v območju SEPA: potreben je račun SEPA.`,
    "wrong-cin": () => "Kontrolna črka (CIN) se ne ujema z računom: napaka pri tipkanju.",
  },
};
export default words;
