"""Names, subjects and providers of the invented school. Any likeness to a real student or firm is chance."""

FORENAMES = """
Aaliyah Abdul Ada Adam Adrian Aisha Alfie Alice Amara Amelia Ananya Andrzej Anya Archie Arjun Aron Asha Ava
Ayaan Beatrice Bilal Bronwen Caleb Callum Carys Charlie Chidi Chloe Ciara Connor Daisy Daniel Dafydd Deepa
Destiny Dilan Eilidh Ekow Elif Eliza Ellie Elodie Emeka Emre Esme Ethan Eva Evie Ewan Fatima Faith Finley
Florence Freya Gabriel George Grace Gurpreet Hana Hannah Harley Harry Hassan Ibrahim Imani Imogen Iris Isaac
Isla Ivy Jack Jakub Jamal Jasmine Jayden Jess Joe Josh Kacper Kai Kavya Keziah Khadija Kofi Layla Leo Lewis
Lily Logan Lola Lucy Luca Maisie Malik Marcus Maria Mason Maya Mei Mia Milo Mohammed Molly Nadia Nathan Niamh
Noah Oliver Oluwaseun Omar Orla Oscar Owen Parveen Poppy Priyanka Quentin Rafael Rania Reece Rhys Rosie Ruby
Rukhsana Ryan Sadia Sam Samir Scarlett Sean Shanice Sienna Simran Sofia Sophie Tadeusz Tamsin Tariq Tegan Theo
Thomas Tia Toby Tyrell Umar Victoria William Xin Yasmin Yusuf Zain Zara Zoe
""".split()

SURNAMES = """
Abbott Achebe Adair Adeyemi Ahmed Akhtar Ali Amin Anderson Asante Bailey Banerjee Barker Bartlett Begum Bell
Bennett Boateng Brennan Brooks Browne Campbell Carter Castellan Chaudhry Chen Chukwu Clarke Collins Cooper
Cortes Davies Dawes Dean Dhillon Diallo Dixon Douglas Dunmore Edwards Ellis Evans Farah Faulds Fenwick Fisher
Forster Gallagher Gill Gordon Grant Green Gupta Hajek Hall Harris Hart Haigh Hassan Hill Hussain Ilunga Iqbal
Jackson Jarrett Jenkins Johnson Jones Kaur Kelly Kemp Khan Kowalski Lang Lee Lewis Lloyd Lowe Malik Marsden
Martin Mensah Mitchell Morgan Moss Murphy Musa Ncube Ng Nguyen Noor Novak Oduya Okafor Oldroyd Osborne Osei
Owusu Palmer Parker Patel Pereira Petrov Phillips Pike Popescu Prosser Quinn Rahman Rao Rees Reyes Richards
Roberts Rudge Sadler Sesay Shah Sharma Silva Singh Smith Stewart Taleb Taylor Thomas Tranter Turner Underhill
Vance Walker Ward Weller Whitcombe White Whittle Williams Wood Wright Xu Yates Yilmaz Young Zaman Zielony
""".split()

# forename, surname, preferred forename: each breaks something in a careless system
AWKWARD = (
    ("Łukasz", "Wójcik", ""),
    ("Siobhán", "O'Driscoll-Ní Mháille", ""),
    ("Zoë", "Lindqvist-Adeyemi", ""),
    ("نور", "الحسن", ""),
    ("Sukarno", "", ""),
    ("Anne-Marie Josephine", "Featherstonehaugh-Cholmondeley-Warner", ""),
    ("Alexandra", "de la Cruz", "Alex"),
    ("Ng", "Ng", ""),
    ("Mohammed", "Al-Rashid", "Mo"),
    ("Robert", "D’Angelo", "Bobby"),
    ("X Æ", "Null", ""),
    ("True", "St John-Smythe", ""),
)

KS3_SUBJECTS = ("English", "Mathematics", "Science", "Geography", "History", "French", "Art and design", "Music",
                "Design and technology", "Computing", "Physical education")  # fmt: skip
KS4_CORE = ("English", "Mathematics", "Science", "Physical education")
KS4_OPTIONS = ("Geography", "History", "French", "Spanish", "Art and design", "Music", "Design and technology",
               "Computer science", "Business", "Drama", "Religious studies")  # fmt: skip
KS5_OPTIONS = ("English literature", "Mathematics", "Biology", "Chemistry", "Physics", "Geography", "History",
               "Psychology", "Business", "Economics", "Computer science", "Art and design", "Spanish")  # fmt: skip


EMPLOYERS = (
    ("Marlow Build", "Construction", "medium"), ("Wexcombe Rail", "Transport", "large"),
    ("Northbridge General Hospital", "Health and social care", "large"), ("Arlo Foods", "Hospitality", "medium"),
    ("Fielding Joinery", "Construction", "micro"), ("Penhallow Software", "Digital and IT", "small"),
    ("St Anne's Care Home", "Health and social care", "small"), ("Wexcombe Council", "Public services", "large"),
    ("Brightwater Engineering", "Engineering", "medium"), ("Larkspur Studio", "Creative", "micro"),
    ("Harbour Credit Union", "Finance", "small"), ("Tamar Veterinary Centre", "Land and animals", "small"),
    ("Northbridge Fire Station", "Public services", "large"), ("Oakdene Nursery", "Education", "micro"),
    ("Kestrel Logistics", "Transport", "medium"), ("Quayside Retail Park", "Retail", "large"),
)  # fmt: skip
PROVIDERS = (
    ("Northbridge Sixth Form", "sixth_form"), ("Wexcombe Sixth Form College", "sixth_form"),
    ("Northbridge College", "fe_college"), ("Marlow Land-based College", "fe_college"),
    ("University of Wexcombe", "university"), ("Tamar University", "university"),
    ("Forward Training", "training_provider"), ("Wexcombe Apprenticeship Hub", "training_provider"),
)  # fmt: skip
