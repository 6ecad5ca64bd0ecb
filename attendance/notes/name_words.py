"""Names that are words as well, small words that are no names, and the short forms of names.

All of them folded. The lists are ours; they need not be complete, for what they decide is only
whether a note is asked about.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Named so only where the word is capitalized inside a sentence.
ALSO_WORDS = _words(
    """
    able ace amber angel april art ash august autumn baker ball banks bell best bill bishop black
    blanca blaze booker brook brooks brown buck buddy bush candy carol carpenter carter case chance
    charity chase chip christian church clay cliff colt constance consuelo cook crystal cruz dale
    dana dawn day dean destiny dolores dom domingo don dot drew duke earl eden esperanza faith
    farmer fe field fields finn fisher flora flores ford forest frank gale gay gene ginger glen
    good gore
    grace grant gray green grey guy harmony harper hay haven heath heather hill holly honey honor
    hope house hunt hunter iris ivy jack jade jay jean jewel jordan joy judge june justice king lake
    lance lane lark law laurel lily long love luz lynch major marina mark marsh mason matt max may
    mayor melody mercedes mercy merry miles miller moody moon moore nick noble north norm olive
    opal page pages park parker pat patience paz peace pearl peg penny pepper pope poppy porter
    power powers precious price prince rain rains ray read reed reyes rich rio river rivers rob
    robin rock rocky roman root rosa rose rosemary ruby rush rust rusty sage salvador sandy serenity
    sharp short sierra singer skip sky small smith soledad star stark sterling still stone storm
    strange strong sue summer summers sunny swift taylor teller trinity trip trust turner van victor
    victoria viola violet walker ward waters weaver webb weeks wells west white will wills winter
    winters wise wood woods young
    """
)
# Of one or two letters, and no name: `An` and `Jo` are, where they are capitalized.
SMALL_WORDS = _words(
    """
    a ah al am an as at be by de do dr ed eh el en es go ha he hi if ii in is it iv la le lo ma me
    mi mr ms my no of oh ok on or pa re se si so su te to tu tv un up us vs we ya yo
    """
)
# Parts of a last name that name nobody by themselves.
PARTICLES = _words(
    "abu al bin bint da das de del della den der des di dos du el ibn la las le los mac mc saint "
    "san santa st ter van vander von y"
)
# What people are called for short, by the whole name.
SHORT_FORMS: dict[str, str] = {
    "abigail": "abby gail",
    "alejandra": "ale alex",
    "alejandro": "ale alex",
    "alexander": "alex xander sasha",
    "alexandra": "alex lexi sasha sandra",
    "alfred": "alf fred",
    "amanda": "mandy",
    "andrea": "andi",
    "andrew": "andy drew",
    "angela": "angie",
    "anthony": "tony",
    "antonio": "tony tono",
    "barbara": "barb babs",
    "beatriz": "bea",
    "benjamin": "ben benny benji",
    "catherine": "cathy cate kate cat",
    "charles": "charlie chuck",
    "charlotte": "charlie lottie",
    "christina": "chris christy tina",
    "christine": "chris chrissy tina",
    "christopher": "chris topher",
    "cynthia": "cindy",
    "daniel": "dan danny",
    "david": "dave davey",
    "deborah": "deb debbie",
    "donald": "don donny",
    "dorothy": "dot dottie",
    "edward": "ed eddie ted ned",
    "eduardo": "edu eddie lalo",
    "elizabeth": "liz lizzie beth betty eliza libby",
    "emanuel": "manny",
    "enrique": "kike",
    "eugene": "gene",
    "francis": "frank fran",
    "francisco": "paco pancho cisco frank",
    "frederick": "fred freddy rick",
    "gabriel": "gabe",
    "gabriela": "gabi gaby",
    "gregory": "greg",
    "guadalupe": "lupe",
    "guillermo": "memo",
    "ignacio": "nacho",
    "isabella": "bella izzy",
    "jacob": "jake",
    "james": "jim jimmy jamie",
    "jeffrey": "jeff",
    "jennifer": "jen jenny",
    "jessica": "jess jessie",
    "jesus": "chuy",
    "john": "johnny jack",
    "jonathan": "jon jonny",
    "jose": "pepe",
    "joseph": "joe joey",
    "joshua": "josh",
    "katherine": "kathy kate katie kat",
    "kenneth": "ken kenny",
    "kimberly": "kim",
    "lawrence": "larry",
    "leonard": "len lenny leo",
    "louis": "lou",
    "luis": "lucho",
    "manuel": "manny manolo",
    "margaret": "maggie meg peggy marge",
    "maria": "mari",
    "matthew": "matt",
    "maximilian": "max",
    "michael": "mike mikey mick",
    "michelle": "shelly",
    "nathaniel": "nate nathan",
    "nicholas": "nick nicky",
    "nicole": "nikki",
    "pamela": "pam",
    "patricia": "pat patty trish tricia",
    "patrick": "pat paddy",
    "peter": "pete",
    "philip": "phil",
    "phillip": "phil",
    "rafael": "rafa",
    "raymond": "ray",
    "rebecca": "becky becca",
    "richard": "rich rick ricky dick",
    "robert": "rob bob robbie bobby bert",
    "roberto": "beto",
    "ronald": "ron ronnie",
    "rosario": "charo",
    "samantha": "sam sammy",
    "samuel": "sam sammy",
    "sandra": "sandy",
    "santiago": "santi",
    "stephanie": "steph",
    "stephen": "steve stevie",
    "steven": "steve stevie",
    "susan": "sue susie suzy",
    "teresa": "tere terri tess",
    "theodore": "ted teddy theo",
    "theresa": "terri tess",
    "thomas": "tom tommy",
    "timothy": "tim timmy",
    "veronica": "vero ronnie",
    "victoria": "vicky tori",
    "vincent": "vince vinny",
    "walter": "walt wally",
    "william": "will bill billy willie liam",
    "zachary": "zach zack",
}
