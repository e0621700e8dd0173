"""What students at Northbridge hope to be, with what each asks for and where it is taught. Invented places only."""

from dataclasses import dataclass

from pathbook.occupations import sector_of


@dataclass(frozen=True, slots=True)
class Wish:
    """A line of work. `said`: as students put it. A route that does not lead there is empty."""

    job: str
    soc2020: str
    subject: str
    said: tuple[str, ...]
    meets: str  # where somebody who does it can be met
    degree: str = ""
    course: str = ""  # at a further education college
    apprenticeship: str = ""
    t_level: str = ""

    @property
    def sector(self) -> str:
        return sector_of(self.soc2020)

    @property
    def a_job(self) -> str:
        return f"an {self.job}" if self.job[0] in "aeio" else f"a {self.job}"


WISHES: tuple[Wish, ...] = (
    Wish("paramedic", "2255", "Biology", ("paramedic", "working on an ambulance", "be a paramedic, or a nurse if not"),
         "Northbridge General Hospital", "paramedic science", "Level 3 Health and Social Care",
         "an ambulance support worker apprenticeship", "the Health T Level"),
    Wish("nurse", "2237", "Biology", ("nurse", "childrens nurse", "nursing, maybe on a childrens ward"),
         "Northbridge General Hospital", "nursing", "Level 3 Health and Social Care",
         "a healthcare support worker apprenticeship", "the Health T Level"),
    Wish("midwife", "2231", "Biology", ("midwife", "helping with babies being born"), "Northbridge General Hospital",
         "midwifery", "Level 3 Health and Social Care"),
    Wish("physiotherapist", "2221", "Physical education", ("physio", "physio for a football club"),
         "Northbridge General Hospital", "physiotherapy", "Level 3 Sport and Exercise Science"),
    Wish("social worker", "2461", "English", ("social worker", "helping kids in care"), "Wexcombe Council",
         "social work", "Level 3 Health and Social Care", "a social worker degree apprenticeship"),
    Wish("carpenter", "5316", "Design and technology", ("carpenter", "joiner like my uncle", "making furniture"),
         "Fielding Joinery", "", "Level 2 Carpentry and Joinery", "a carpentry and joinery apprenticeship"),
    Wish("electrician", "5241", "Mathematics", ("electrician", "sparky", "electrician or plumber"), "Marlow Build", "",
         "Level 2 Electrical Installation", "an installation electrician apprenticeship",
         "the Building Services Engineering T Level"),
    Wish("bricklayer", "5313", "Design and technology", ("bricklayer", "brickie", "something on building sites"),
         "Marlow Build", "", "Level 2 Bricklaying", "a bricklaying apprenticeship"),
    Wish("architect", "2451", "Art and design", ("architect", "designing houses"), "Marlow Build", "architecture",
         "Level 3 Construction and the Built Environment", "an architectural assistant degree apprenticeship",
         "the Design, Surveying and Planning T Level"),
    Wish("civil engineer", "2121", "Mathematics", ("civil engineer", "building bridges", "engineer, bridges and roads"),
         "Marlow Build", "civil engineering", "Level 3 Construction and the Built Environment",
         "a civil engineering degree apprenticeship", "the Design, Surveying and Planning T Level"),
    Wish("mechanical engineer", "2122", "Mathematics", ("mechanical engineer", "engineer in F1", "engines"),
         "Brightwater Engineering", "mechanical engineering", "Level 3 Engineering",
         "an engineering technician apprenticeship", "the Engineering T Level"),
    Wish("vehicle technician", "5231", "Design and technology", ("car mechanic", "fixing cars", "mechanic"),
         "Kestrel Logistics", "", "Level 2 Vehicle Maintenance", "a motor vehicle service technician apprenticeship"),
    Wish("software developer", "2134", "Computer science", ("software developer", "coding", "making games", "apps"),
         "Penhallow Software", "computer science", "Level 3 Computing", "a software developer apprenticeship",
         "the Digital Software Development T Level"),
    Wish("graphic designer", "2142", "Art and design", ("graphic designer", "drawing logos", "animator"),
         "Larkspur Studio", "graphic design", "Level 3 Art and Design", "a junior content producer apprenticeship",
         "the Craft and Design T Level"),
    Wish("journalist", "2492", "English", ("journalist", "writing for a paper", "sports reporter"), "Larkspur Studio",
         "journalism", "Level 3 Creative Media", "a journalist apprenticeship", "the Media, Broadcast and Production T Level"),
    Wish("primary teacher", "2314", "English", ("primary teacher", "teacher, little ones", "teacher"), "Oakdene Nursery",
         "primary education", "Level 3 Early Years Educator", "a teaching assistant apprenticeship",
         "the Education and Early Years T Level"),
    Wish("vet nurse", "3240", "Biology", ("vet nurse", "working with animals", "vet nurse or zoo keeper"),
         "Tamar Veterinary Centre", "veterinary nursing", "Level 3 Animal Management", "a veterinary nurse apprenticeship",
         "the Animal Care and Management T Level"),
    Wish("farmer", "5111", "Geography", ("farmer", "take on our farm", "working with cattle"), "Tamar Veterinary Centre",
         "agriculture", "Level 3 Agriculture", "a stockperson apprenticeship", "the Agriculture T Level"),
    Wish("police officer", "3312", "English", ("police officer", "police, dogs if I can", "detective"),
         "Wexcombe Council", "professional policing", "Level 3 Uniformed Protective Services",
         "a police constable degree apprenticeship"),
    Wish("firefighter", "3313", "Physical education", ("firefighter", "fire service"), "Northbridge Fire Station", "",
         "Level 3 Uniformed Protective Services", "an operational firefighter apprenticeship"),
    Wish("chef", "5434", "Design and technology", ("chef", "cook in a proper restaurant", "baker or chef"), "Arlo Foods", "",
         "Level 2 Professional Cookery", "a commis chef apprenticeship"),
    Wish("accountant", "2421", "Mathematics", ("accountant", "something with numbers", "accounting"),
         "Harbour Credit Union", "accounting and finance", "Level 3 Accounting", "an assistant accountant apprenticeship",
         "the Accounting T Level"),
    Wish("train driver", "8231", "Geography", ("train driver", "trains", "driving trains"), "Wexcombe Rail", "",
         "Level 3 Engineering", "a train driver apprenticeship"),
    Wish("solicitor", "2412", "History", ("solicitor", "lawyer", "law, the court kind"), "Wexcombe Council", "law",
         "Level 3 Applied Law", "a solicitor degree apprenticeship", "the Legal Services T Level"),
    Wish("laboratory technician", "3111", "Chemistry", ("lab technician", "working in a lab", "forensics"),
         "Northbridge General Hospital", "biomedical science", "Level 3 Applied Science",
         "a laboratory technician apprenticeship", "the Science T Level"),
    Wish("hairdresser", "6221", "Art and design", ("hairdresser", "hair and make-up", "barber"), "Quayside Retail Park", "",
         "Level 2 Hairdressing", "a hair professional apprenticeship"),
    Wish("sports coach", "3432", "Physical education", ("sports coach", "football coach", "coach gymnastics"),
         "Quayside Retail Park", "sports coaching", "Level 3 Sport and Exercise Science",
         "a community activator coach apprenticeship"),
    Wish("shop manager", "1150", "Business", ("shop manager", "running a shop", "my own shop"), "Quayside Retail Park",
         "business and management", "Level 3 Business", "a retail team leader apprenticeship",
         "the Management and Administration T Level"),
)  # fmt: skip

NOT_YET = ("not sure", "no idea yet", "", "something with people", "don't know")  # said by those who have not decided
