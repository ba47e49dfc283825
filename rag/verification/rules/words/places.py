"""Countries with the words for their people and their capitals, and names spelt in two ways."""

COUNTRIES = """
america american americans us u.s usa united_states washington|
britain british uk u.k briton britons united_kingdom london|england english|
scotland scottish scots scot edinburgh|wales welsh cardiff|ireland irish dublin|
france french frenchman paris|germany german germans berlin|italy italian italians rome|
spain spanish spaniard spaniards madrid|portugal portuguese lisbon|
netherlands dutch holland dutchman|belgium belgian belgians|luxembourg luxembourgish|
switzerland swiss|austria austrian austrians vienna|poland polish pole poles warsaw|
czechia czech czechs prague|slovakia slovak slovaks|hungary hungarian hungarians budapest|
romania romanian romanians bucharest|bulgaria bulgarian bulgarians sofia|
greece greek greeks athens|turkey turkish turk turks turkiye ankara|cyprus cypriot|
denmark danish dane danes copenhagen|sweden swedish swede swedes stockholm|
norway norwegian norwegians oslo|finland finnish finn finns helsinki|iceland icelandic reykjavik|
russia russian russians moscow kremlin|ukraine ukrainian ukrainians kyiv kiev|
belarus belarusian minsk|estonia estonian estonians tallinn|latvia latvian latvians riga|
lithuania lithuanian lithuanians vilnius|serbia serbian serb serbs belgrade|
croatia croatian croat croats zagreb|bosnia bosnian|slovenia slovenian slovene|albania albanian|
kosovo kosovan|georgia georgian tbilisi|armenia armenian|azerbaijan azerbaijani baku|
kazakhstan kazakh|uzbekistan uzbek|china chinese beijing|japan japanese tokyo|korea korean koreans|
taiwan taiwanese taipei|india indian indians delhi|pakistan pakistani pakistanis islamabad|
bangladesh bangladeshi dhaka|sri_lanka sri_lankan colombo|nepal nepalese|
afghanistan afghan afghans kabul|iran iranian iranians tehran|iraq iraqi iraqis baghdad|
syria syrian syrians damascus|lebanon lebanese beirut|israel israeli israelis|
palestine palestinian palestinians|jordan jordanian|egypt egyptian egyptians cairo|
saudi saudis riyadh arabia arabian|
rome roman romans|byzantium byzantine|
yemen yemeni|qatar qatari doha|kuwait kuwaiti|libya libyan libyans tripoli|
tunisia tunisian|algeria algerian|morocco moroccan|sudan sudanese khartoum|ethiopia ethiopian|
kenya kenyan kenyans nairobi|uganda ugandan|tanzania tanzanian|nigeria nigerian nigerians abuja|
ghana ghanaian|zimbabwe zimbabwean|zambia zambian|congo congolese|rwanda rwandan|somalia somali|
cameroon cameroonian|senegal senegalese|australia australian australians aussie canberra|
zealand zealander|canada canadian canadians ottawa|mexico mexican mexicans|
brazil brazilian brazilians|argentina argentine argentinian argentines|chile chilean|
colombia colombian bogota|venezuela venezuelan caracas|peru peruvian lima|cuba cuban cubans havana|
haiti haitian|jamaica jamaican|indonesia indonesian jakarta|malaysia malaysian|
thailand thai bangkok|vietnam vietnamese hanoi|philippines filipino philippine manila|
singapore singaporean|cambodia cambodian|myanmar burma burmese|mongolia mongolian|
europe european europeans|africa african africans|asia asian asians|eu brussels european_union|
japan japanese|kyrgyzstan kyrgyz|tibet tibetan|paris parisian|london londoner|catalonia catalan|
chechnya chechen|kurdistan kurdish kurd kurds
"""

SPELLINGS = """
zelensky zelenskyy zelenskiy zelenski|kyiv kiev|kharkiv kharkov|odesa odessa|lviv lvov|
donbas donbass|beijing peking|mumbai bombay|chennai madras|kolkata calcutta|qaeda qaida|
hezbollah hizbollah hizbullah hizballah|gaddafi qaddafi kadafi gadhafi|osama usama|hussein hussain|
mohammed muhammad mohamed mohammad|yushchenko yuschenko|chechnya chechenia|arafat arafaat|
khamenei khamene|tymoshenko timoshenko|lukashenko lukashenka|tchaikovsky chaikovsky|
dnipro dnepropetrovsk|ivory_coast cote_d'ivoire|steven stephen|mike michael|bill william|
tony anthony|bob robert rob|jim james|tom thomas|dan daniel|dave david|joe joseph|
steve steven stephen|chris christopher|matt matthew|nick nicholas|ted edward|alex alexander|
sam samuel|ken kenneth|ron ronald|tim timothy|andy andrew|liz elizabeth|kate katherine catherine|
tory tories conservative conservatives|fed federal_reserve|mps commons|
labour labor|lib liberal|dem democrat democrats
"""

ACRONYMS = """
un united_nations|eu european_union|us united_states|uk united_kingdom|
nato north_atlantic_treaty_organisation|imf international_monetary_fund|
wto world_trade_organisation|who world_health_organisation|
opec organisation_of_petroleum_exporting_countries|fbi federal_bureau_of_investigation|
cia central_intelligence_agency|bbc british_broadcasting_corporation|ap associated_press|
wsj wall_street_journal|nyt new_york_times|ft financial_times|ecb european_central_bank|
sec securities_and_exchange_commission|mp member_of_parliament|mps members_of_parliament|
pm prime_minister|ceo chief_executive|gdp gross_domestic_product|lib_dem liberal_democrat|
lib_dems liberal_democrats|mep member_of_the_european_parliament|
ioc international_olympic_committee|fa football_association|ec european_commission|
doj justice_department|nasa national_aeronautics_and_space_administration|tv television|
pc personal_computer|msp member_of_the_scottish_parliament|lse london_stock_exchange|
nhs national_health_service|snp scottish_national_party|gm general_motors|
cbi confederation_of_british_industry|icc international_criminal_court|
epa environmental_protection_agency|fda food_and_drug_administration|
faa federal_aviation_administration|nsa national_security_agency|
iaea international_atomic_energy_agency|oecd organisation_for_economic_cooperation_and_development|
dna deoxyribonucleic_acid|ngo non_governmental_organisation|dup democratic_unionist_party|
idf israel_defense_forces|pla people_liberation_army|cdc centers_for_disease_control
"""
