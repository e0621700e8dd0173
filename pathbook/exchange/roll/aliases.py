"""The headings schools' systems use, by field, best first. Letters and digits only, in lower case.

Sources: shared/formats.md (SIMS-like, Arbor-like, school census, 2023 council templates, Assembly, SDS, OneRoster).
"""

ALIASES: dict[str, str] = {
    "mis_id": "admissionnumber admissionno admissionnum admno admissno adno adnumber admission misid sisid sourcedid"
    " studentid studid pupilid personid nativeid learnerid uniqueid externalid studentnumber studentno pupilnumber"
    " pupilno studentref studentreference pupilref id",
    "upn": "upn uniquepupilnumber uniquepupilno pupilupn studentupn uniquepupilnum metadataupn currentupn",
    "former_upn": "formerupn previousupn oldupn",
    "uln": "uln uniquelearnernumber uniquelearnerno uniquelearnernum learnernumber metadatauln",
    "legal_surname": "legalsurname legallastname legalfamilyname",
    "legal_forename": "legalforename legalfirstname legalgivenname legalforenames",
    "surname": "surname lastname familyname studentsurname pupilsurname studentlastname pupillastname sn",
    "forename": "forename firstname givenname forenames givennames christianname studentforename pupilforename"
    " studentfirstname pupilfirstname first",
    "full_name": "name fullname studentname pupilname student pupil learner learnername nameofstudent nameofpupil"
    " fullnameofstudent surnameforename forenamesurname surnameandforename forenameandsurname"
    " displayname legalname lastfirst lastnamefirstname surnameforenames lastnamefirst",
    "preferred_surname": "preferredsurname preferredlastname preferredfamilyname chosensurname",
    "preferred_forename": "preferredforename preferredfirstname preferredgivenname preferredname knownas knownasname"
    " chosenname chosenforename calledname",
    "middle_names": "middlenames middlename middle legalmiddlenames legalmiddlename",
    "former_surname": "formersurname formerlastname previoussurname formerfamilyname",
    "date_of_birth": "dateofbirth dob birthdate birthday datebirth dateofbirthddmmyyyy dobddmmyyyy born"
    " monthyearofbirth studentdob pupildob demographicsbirthdate dateofbirthdate",
    "sex": "sex gender legalsex legalgender sexgender genderlegal",
    "year_group": "yeargroup ncyearactual ncyear nationalcurriculumyear currentyeargroup yeargrp yrgroup yrgrp"
    " curriculumyear actualncyear yeartaughtin taughtyear yeargroupname yeargroupcode yearcode year yr grade grades"
    " ncyg yg yearlevel pupilyear studentyear",
    "tutor_group": "tutorgroup reggroup registrationgroup registrationform formgroup regform tutorgrp regggroup form"
    " currentform registrationclass formclass formname mentorgroup pastoralgroup primaryclass reg"
    " classgroup class classname formtutorgroup groupname tutor",
    "registration": "enrolmentstatus enrolstatus enrollmentstatus registrationstatus enrolmentstatuscode"
    " registrationtype enrolmenttype rollstatus registration status",
    "entry_date": "entrydate dateofentry admissiondate dateofadmission doa startdate enrolmentdate dateenrolled"
    " dateofentrytoschool joiningdate joindate enrolmentstartdate",
    "leaving_date": "leavingdate dateofleaving dol leavedate enddate dateleft enrolmentenddate exitdate leaverdate",
    "sen": "senprovision senprovisioncode senstatus senstatuscode sencode sencategory senstage sendstatus"
    " sendprovision sensupport currentsenstage currentsenstatus sen send senprov",
    "ehcp": "ehcp ehcplan hasehcp ehcpindicator educationhealthandcareplan isehcp",
    "fsm": "fsm freeschoolmeals freeschoolmeal fsmeligible fsmeoncensusday fsme eligibleforfreeschoolmeals"
    " fsmeligibility isfsm currentfsm fsmcurrent eligibleforfsm",
    "pupil_premium": "pupilpremium pupilpremiumeligible ispp pupilpremiumindicator pupilpremiumrecipient pp"
    " ppindicator pupilpremiumstatus ppeligible disadvantaged pupilpremiumflag ppflag isppeligible",
    "looked_after": "lookedafter incare lookedafterchild childlookedafter lookedafterincare incarestatus cla lac"
    " incarenow islookedafter lookedafterstatus",
    "eal": "eal iseal englishasadditionallanguage englishasanadditionallanguage ealstatus ealindicator",
    "ethnicity": "ethnicity ethnicitycode ethnicgroup ethnicorigin ethnicgroupcode ethnicbackground",
    "first_language": "firstlanguage firstlanguagecode language languagecode mothertongue homelanguage",
    "young_carer": "youngcarer isyoungcarer youngcarerindicator",
    "absence": "absence absencepercent absencepercentage percentabsence absencerate overallabsence totalabsence"
    " absenceytd percentageabsence sessesoverallpercent sessoverallpercent",
    "attendance": "attendance attendancepercent attendancepercentage percentattendance attendancerate"
    " overallattendance attendanceytd percentageattendance yeartodateattendance attendanceyeartodate",
    "sessions": "possiblesessions sessionspossible possible totalpossiblesessions sesspossible",
    "sessions_came": "attendancecount sessionsattended attendedsessions presentsessions sessionspresent",
    "subjects": "subjects subject subjectlist subjectsstudied optionsubjects options",
}

# Headings of secrets: never kept, and said so.
SECRETS = "password pwd passcode pin"
# Headings whose value is somebody else's, or about a thing we do not keep: never guessed at.
NOT_THE_STUDENTS = (
    r"parent|carers?(?!$)|guardian|mother|father|contact|sibling|emergency|doctor|surgery|teacher|staff|headof|"
    r"address|street|town|postcode|phone|mobile|email|school|estab|^urn|academy|^ever|needs?\d?$|unit|resourced|"
    r"photo|religion|nationality|medical|attendance|behaviour|review|priorinfo|username|password"
)
