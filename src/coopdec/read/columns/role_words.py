"""What a header says by its single words, where no wording of ``roles.toml`` is held: « Montant
attribué », « beneficiaire_subvention », « Activity title », « date_demarrage ».

Headers are made of few words: what is named (a title, a body, a place, money, a day) and what
of it is meant. A header is told by both; one that could mean two things has no role.
"""

from __future__ import annotations

from functools import cache

from coopdec.read.columns.header_parts import OF_IT, is_of_another, tokens

__all__ = ["STATE", "is_about_people", "is_beneficiary", "is_body", "is_commune",
           "is_foreign_level", "is_proposed", "is_share", "is_tie", "names_country",
           "names_department", "role_by_words"]

#: Money beside whose word the short name of a donor may stand.
_OF_A_DONOR, _ACRONYM = tokens("financement cofinancement concours contribution"), 6
#: One project's, and what numbers it: « project_ref », « Code action ».
_ONE = tokens("projet project action operation activite activity dossier")
_NUMBER = tokens("reference ref id identifiant identifier code numero num no")
#: What of a cost is still one, or is not the whole of it, or that of a year.
_PLANNED = tokens("previsionnel previsionnelle estime estimee")
_IN_PART = tokens("eligible subventionnable restant annuel annuelle annual")
#: Never a role, whatever else they say: identifiers, addresses, days of the administration.
_NONE = tokens("siret siren insee rna url lien link site web http uri fichier image photo email "
               "mail code adresse address cp postal vote decision deliberation maj mise jour "
               "updated update publication commentaire observation remarque nature type nombre "
               "number siege taux pourcentage version continent appel plan")
_TITLE = tokens("titre title intitule libelle designation denomination objet object nom name "
                "appellation theme sujet")
_PROJECT = tokens("projet project action operation activite activity initiative programme program "
                  "dossier cooperation")
_BODY = tokens("collectivite commune ville territoire autorite structure organisme acteur "
               "organisation organization org authority government municipality municipalite city "
               "body departement region epci intercommunalite metropole agglomeration partenaire "
               "partner")
_LEAD = tokens("porteur porteuse pilote coordinateur coordinatrice coordinating coordinator lead "
               "leading leader beneficiaire laureat laureate attributaire demandeur demandeuse "
               "titulaire fr allocataire recipiendaire grantee applicant beneficiary reporting "
               "accountable francais francaise french chef chefdefile maitrise maitre ouvrage "
               "signataire tiers tier")
_ABROAD = tokens("etranger etrangere partenaire partner foreign overseas jumele jumelee homologue "
                 "exterieur exterieure international abroad sud counterpart host etr cible target "
                 "partenariat destinataire destination africain africaine asiatique")
_WHERE = tokens("lieu localite localisation location zone lieux territoire place where site "
                "implantation geographie geographique terrain")
_COUNTRY = tokens("pays country countries nation etat")
_MONEY = tokens("montant subvention aide soutien credit dotation contribution participation somme "
                "amount grant funding funded award commitment engagement cofinancement "
                "financement concours enveloppe appui financier support budget part octroi")
#: What money is for is what a project is called.
_OBJECT = tokens("objet object")
#: What names or counts a thing, and not its title.
_NAMED = tokens("nom name libelle designation denomination")
#: Of one region of France, and so French: « Collectivité bretonne ».
_REGIONAL = tokens(
    "francilien francilienne breton bretonne normand normande alsacien alsacienne lorrain lorraine "
    "champenois champenoise picard picarde bourguignon bourguignonne comtois comtoise auvergnat "
    "auvergnate rhonalpin rhonalpine savoyard savoyarde aquitain aquitaine limousin limousine "
    "occitan occitane ligerien ligerienne vendeen vendeenne corse provencal provencale "
    "reunionnais reunionnaise martiniquais martiniquaise guadeloupeen guadeloupeenne guyanais "
    "guyanaise mahorais mahoraise ultramarin ultramarine caledonien caledonienne")
#: Whose whole budget is none of a project's.
_OWN = tokens("collectivite commune ville departement region metropole")
#: Whose money it is: « Participation de la Région ».
_DONOR = tokens("region departement ville metropole agglomeration etat ministere meae daect ue eu "
                "europe european europeen europeenne union afd agence conseil commune collectivite "
                "anct ministry mfa")
#: …of which these stand for what the ministry grants.
STATE = tokens("etat ministere meae daect ministry mfa")
_GIVEN = tokens("accorde accordee attribue attribuee alloue allouee octroye octroyee vote votee "
                "retenu retenue notifie notifiee engage engagee awarded granted committed approved "
                "meae daect etat ministere ministry mfa ministeriel subvention aide soutien grant "
                "commitment "
                "award credit dotation obtenu obtenue allocated "
                "conventionne conventionnee octroi")
_ASKED = tokens("sollicite sollicitee demande demandee requested propose proposee apport solde "
                "verse versee paye payee mandate mandatee liquide liquidee ordonnance autre other "
                "decaisse disbursed disbursement autofinancement fonds propre contrepartie "
                "valorisation expenditure spent") | _PLANNED | _IN_PART
_PROPOSED = tokens("propose proposee")
_COST = tokens("cout cost budget depense")
_WHOLE = tokens("total totale totaux global globale overall")
_START = tokens("debut demarrage lancement commencement start beginning depart ouverture")
_END = tokens("fin cloture achevement terme end echeance completion")
#: These say where a body is as well.
_LEVELS = tokens("region departement partenaire partner")
_TIES = tokens("lien relation cooperation jumelage partenariat accord convention pacte echange")
#: Levels that no French body is of.
_FOREIGN = tokens("cercle province prefecture sous wilaya gouvernorat district county canton "
                  "provincia municipio judet voivodie oblast powiat")
#: The smallest of several levels.
_SMALLEST = tokens("commune ville village localite municipalite town city municipality")
#: What adds nothing to the name of a body.
_IDLE = tokens("officiel officielle complet complete usuel usuelle local locale territorial "
               "territoriale public publique concerne concernee")
#: Whose country is not that of a project.
_AT_HOME = tokens("francais francaise porteur demandeur siege coordinator applicant lead")
_SMALL = tokens("s de du des d la le les l en et au aux par pour a un une of the in to for by and "
                "or")
_CHOSEN = tokens("soutenu soutenue retenu retenue finance financee laureat laureate selectionne "
                 "selectionnee prime primee accompagne accompagnee supported funded selected")
_PERSON = tokens("referent referente responsable interlocuteur interlocutrice correspondant "
                 "correspondante manager officer prenom contact representant representante "
                 "directeur directrice president presidente maire elu elue signataire redacteur")
_STATUS = tokens("statut status avancement etat")
_DAY = tokens("date annee mois jour year")
_SHORT = tokens("description descriptif resume contenu summary presentation synthese abstract")


@cache
def _all() -> frozenset[str]:
    return frozenset().union(_CHOSEN, _TITLE, _PROJECT, _BODY, _LEAD, _ABROAD, _WHERE, _COUNTRY,
                             _MONEY, _GIVEN, _DONOR, _REGIONAL, _ASKED, _COST, _START, _END,
                             _DAY, _SHORT, _STATUS, _IDLE)


def _singular(word: str) -> str:
    known = _all()
    for end in ("s", "x", "es"):
        if word not in known and word.endswith(end) and word.removesuffix(end) in known:
            return word.removesuffix(end)
    return word


def role_by_words(folded: str) -> str | None:
    """The role of a folded header, None where its words tell none or two.

    >>> role_by_words("montant attribue"), role_by_words("montant sollicite")
    ('grant', None)
    >>> role_by_words("activity title"), role_by_words("reporting org")
    ('title', 'lead')
    """
    if not folded or folded.count(" ") > 7 or is_of_another(folded.split(), _LEAD):
        return None
    words = _of(folded)
    if words == {"ou"}:  # « Où ? »
        return "partner"
    if len(words & _all()) * 2 < len(words):  # mostly names: a cell, no header
        return None
    if "france" in words or words & _REGIONAL:
        words = words | {"francais"} if words & _BODY else words
    if words & _COUNTRY and words & _AT_HOME:
        return None
    if words & _COUNTRY and "etat" not in words:
        # « Pays / ville », « Commune, pays »: both are in the cell.
        return "partner" if words & ({*_BODY, *_WHERE} - {"partenaire", "partner"}) else "country"
    if words & _ONE and words & _NUMBER and words <= _ONE | _NUMBER:
        return "id"
    if words & _NONE:
        return None
    return _day(words) or _money(words) or _named(words)


def _day(words: frozenset[str]) -> str | None:
    if words & (_BODY | _COUNTRY) and not words & _DAY:  # « Ville de départ »
        return None
    start, end = bool(words & _START), bool(words & _END)
    if start and end:
        return "period"
    return "start" if start else "end" if end else None


def _money(words: frozenset[str]) -> str | None:
    if words & _COST and words & _OWN and not words & _WHOLE:
        return None
    if words & _COST and (words & _WHOLE or not words & _IN_PART) and not (
            words & (_ASKED - _PLANNED - _IN_PART)):
        return "cost" if not words & _GIVEN or words & _WHOLE else None
    if words & (_ASKED | _DAY):
        return None
    if words & _MONEY and not words & (_LEAD | _TITLE | _PROJECT - {"projet", "project"}):
        unknown = words - _all()
        donor = words & (_GIVEN | _DONOR) or (  # « Financement AIMF »
            len(unknown) == 1 and len(words) == 2 and len(min(unknown)) <= _ACRONYM
            and words & _OF_A_DONOR)
        return "cost" if words & _WHOLE and not words & _GIVEN else "grant" if donor else None
    return None


def _named(words: frozenset[str]) -> str | None:
    if words & _SHORT:
        return "description"
    if words & _PROJECT and words & _CHOSEN and words <= _PROJECT | _CHOSEN:
        return "title"
    if words & _OBJECT and words & _MONEY and words <= _OBJECT | _MONEY | _GIVEN:
        return "title"  # « Objet de l'aide »
    lead, abroad = bool(words & _LEAD), bool(words & _ABROAD)
    if words & _PROJECT and words & _TITLE and not lead:
        return "title"
    if words & _PROJECT and words & _STATUS and words <= _PROJECT | _STATUS:
        return "status"
    if words & _BODY and words & _CHOSEN and not abroad:
        return "lead"
    if "partenaire" in words or "partner" in words:
        return "lead" if words & {"francais", "francaise", "french"} else "partner"
    if lead and abroad:  # « Signataire étranger »
        return "partner" if words & _LEAD == {"signataire"} else None
    if lead:
        return None if words & _MONEY else "lead"
    if (abroad and words & (_BODY | _WHERE)) or (
            "intervention" in words and words & (_SMALLEST | _LEVELS)):
        return "partner"
    if words & _WHERE and not words & _TITLE - {"nom", "name"}:
        return "partner"
    return None


def _of(folded: str) -> frozenset[str]:
    words = frozenset(map(_singular, folded.split())) - _SMALL
    return words - {"ou"} if len(words) > 1 else words  # « Ville ou village »; « Où ? »


def is_body(folded: str) -> bool:
    """Whether a header names a body and does not say whether it leads or is abroad.

    >>> is_body("nom officiel de la collectivite"), is_body("commune francaise")
    (True, False)
    """
    words = _of(folded)
    return bool(words & _BODY - _LEVELS) and words <= _BODY | _TITLE | _IDLE


def is_foreign_level(folded: str) -> bool:
    """Whether a header names a level abroad, alone or beside others: « Cercle / commune »."""
    words = _of(folded)
    return bool(words & _FOREIGN) and words <= _FOREIGN | _BODY | _NAMED | _IDLE


def is_tie(folded: str) -> bool:
    """Whether a header names what two authorities have in common.

    >>> is_tie("nature du lien"), is_tie("type de subvention")
    (True, False)
    """
    words = _of(folded)
    return bool(words & _TIES) and words <= _TIES | OF_IT


def is_commune(folded: str) -> bool:
    """Whether a header names a commune or a place in one, and no larger body.

    >>> is_commune("nom de la commune"), is_commune("departement")
    (True, False)
    """
    words = _of(folded)
    return bool(words & _SMALLEST) and words <= _SMALLEST | _NAMED | _IDLE


def is_proposed(folded: str) -> bool:
    """Whether a header says what is proposed to be granted: what a deliberation then grants.

    >>> is_proposed("subvention proposee"), is_proposed("subvention demandee")
    (True, False)
    """
    words = _of(folded)
    return bool(words & _PROPOSED and words & _MONEY) and not words & (_ASKED - _PROPOSED)


def names_country(folded: str) -> bool:
    """Whether a header has the word of a country in it: « pays territoire voisin »."""
    words = _of(folded)
    return bool(words & _COUNTRY) and "etat" not in words


def is_beneficiary(folded: str) -> bool:
    """Whether a header of a lead says no more than that it benefits."""
    words = _of(folded)
    return "beneficiaire" in words and not words & (_LEAD - {"beneficiaire"})


def names_department(folded: str) -> bool:
    """Whether a header means a department: « departement du porteur », « code departement »."""
    words = _of(folded)
    return "departement" in words and not words & (_MONEY | _ABROAD | _TITLE - _NAMED)


def is_share(folded: str) -> frozenset[str]:
    """Whose share of the money a header means: « participation de la region »; none where it
    says what was granted."""
    words = _of(folded)
    return words & _DONOR if not words & (_GIVEN - STATE) else frozenset()


def is_about_people(folded: str) -> bool:
    """Whether a header names a person beside something else: « Statut du référent », « Grant
    manager »; « Collectivité responsable » is a body.

    >>> is_about_people("operateur responsable"), is_about_people("collectivite responsable")
    (True, False)
    """
    words = _of(folded)
    people = words & _PERSON
    bodies = words & _BODY - _LEVELS or (
        words & _LEVELS and people <= {"signataire", "responsable"}) or (
        people == {"signataire"} and words & (_ABROAD | {"francais", "francaise", "french"}))
    return bool(people) and not bodies
