"""More words that can stand for one another, across word classes, and by the fields of news."""

MORE = """
up higher rise increase grow go_up climb|
down lower fewer less fall drop decrease decline go_down|stance position view attitude|
pull_out drop_out withdraw|afterwards later|ought should must|improvise spontaneous off_the_cuff|
guilty convict convicted conviction plead admit admitted|
innocent acquit acquitted cleared exonerated|resume reconvene restart reopen continue|
register sign_up enrol enroll enlist join|post job role position office|
alliance coalition bloc partnership union league|unable incapable powerless|
unwilling reluctant refuse loath|emerge surface come_to_light appear transpire|light emerge|
question interview ask quiz poll survey canvass|deadline time-limit cut-off|
row succession consecutive straight running|aware know knew knowledge conscious|unaware ignorant|
difficulty struggle trouble hard difficult|struggle battle labour strive|
exception except apart only|alike both equally|gain regain win_back recover retrieve|
regain recover win_back retake reclaim|feel become get grow|become get turn grow|
finish end over complete done conclude|unfinished incomplete|
cancel write_off scrap wipe_out forgive waive|write_off cancel forgive|
beat exceed top surpass outdo better|entrant contestant participant competitor candidate|
applicant candidate|participant attendee member|free release liberate discharge|
approve favour back vote|favour prefer support|prefer favour|choose prefer choice preference|
choice option alternative|option choice possibility|lack without absence|lack need|
receive get given awarded granted|owe pay due|bribery corruption graft bribe|corruption graft|
number count total figure|enrol recruit include involve|wane weaken fade diminish decline subside|
fade wane disappear|disappear vanish missing go_missing|missing lost absent disappeared|
improbable unlikely|likely probable probably expected|
indication sign evidence hint signal clue pointer|sign indication evidence|
gunfire shooting shot gunshot shoot|necessary essential needed required vital need|
approximately about roughly|remainder rest remaining balance|rest remainder remaining|
remain rest stay left|comparison compare contrast against|control placebo|
catch contract get infected|infect catch contract|infection illness disease|
short brief briefly temporary|briefly short momentarily|store keep stock|
brush_aside dismiss wave_aside shrug_off|dismiss brush_aside shrug_off reject call|
apart separate plus additional besides|possibility possible may might could|
exceed above over more top pass|overturn capsize tip_over|capsize overturn|
view think believe opinion|opinion view belief|intensify heavier worsen increase stronger|
upstairs floor upper|evacuate move safety flee leave shift relocate|
rescue save pluck pull evacuate|further more additional extra advance|
advance further progress promote|extra additional more further|
furious angry infuriate enrage incense|angry infuriate fury anger|annoy irritate anger|
details specifics particulars information|specifics details|switch turn change swap|
turn_on activate switch_on|activate switch_on turn_on enable|
deactivate switch_off turn_off disable|switch_off turn_off disable|
participate take_part join involved attend|take_part participate join involve|
involved part participate|sort kind type form|kind type sort|type kind sort category|
category class group type|class category|near close beside next_to adjacent|close near nearby|
nearby close neighbouring local|far distant remote|inside indoors within|outside beyond|
start outset beginning|peak height top high zenith|height peak|low bottom trough|bottom foot base|
middle centre center mid heart|centre center heart middle|corner edge|edge border brink|side part|
top summit peak head|unveil present show reveal announce|showcase display present|
mistake confuse error wrongly|wrong mistaken incorrect|mistaken wrong|correct right accurate true|
right correct|true real genuine|real genuine actual|fake false bogus counterfeit|
false untrue fake incorrect|lie untruth falsehood|honest truthful sincere|
cheat deceive fraud trick|deceive mislead cheat dupe|mislead deceive|trick con fool|
simultaneously at_once together same|at_once simultaneously|together with jointly both|
jointly together|alone solo single-handedly|widely generally commonly broadly|
generally usually broadly|usually normally generally typically|mostly chiefly mainly|
originally initially first|eventually finally ultimately end|finally eventually last|
ultimately eventually|meanwhile while|afterwards later then subsequently after|
later after afterwards subsequently|subsequently later|earlier before ago|recently lately last|
lately recently|yearly annual annually|annually yearly|weekly week|daily day|monthly month|
hourly hour|fortnight weeks|overnight night|nightly night|dawn sunrise daybreak|
dusk sunset nightfall|noon midday|lunchtime midday|pledge vow undertaking commitment promise|
commitment pledge promise|guarantee assurance pledge|assurance guarantee|deposit payment|
instalment payment|rent lease hire|lease rent|landlord owner|homeowner householder|tenant renter|
dwelling home house|residence home|resident live living|neighbourhood district area quarter|
suburb outskirts|outskirts suburb edge|downtown centre|capital city|settlement town village|
countryside rural|farmland field land|field pitch ground|farmer grower|crop harvest|
harvest crop reap|livestock cattle animal|cattle cow|animal beast creature|fish catch|pet animal|
species kind|wildlife animal|tree wood|plant grow|plant facility factory site|
site place location spot venue|venue site place location stadium|location place site|spot place|
place location spot site|scene place|region area territory|territory land region area|zone area|
county district|province region|island isle|strait channel|canal waterway|lake reservoir|
dam reservoir barrier|barrier wall dyke dam|levee dyke embankment|embankment bank levee|
bank shore side|flood overflow swamp inundate submerge|submerge flood|
rainfall rain downpour precipitation|downpour rain|storm thunderstorm|gust wind|snowfall snow|
blizzard snowstorm|drought dry|heatwave heat|temperature heat warmth|wildfire fire blaze|
volcano eruption|erupt eruption explode|landslide mudslide|collapse fall cave_in crumble|
ruin destroy rubble|rubble debris ruin wreckage|debris wreckage rubble|wreckage wreck debris|
trap stuck|strand stuck trapped|stuck trapped stranded|shelter refuge accommodation|refuge shelter|
homeless displaced|displace homeless uproot|emergency urgent|urgent pressing emergency|
ambulance paramedic|paramedic medic ambulance|medic doctor|surgeon doctor|surgery operation|
operate surgery|dose jab injection shot|vaccine jab shot inoculation|
vaccinate inoculate immunise immunize|immunise vaccinate|pill tablet|symptom sign|
fever temperature|pain ache|cancer tumour tumor|tumour cancer|heart cardiac|lung respiratory|
mental psychological|trial test experiment study|experiment trial test|laboratory lab|
volunteer participant|recruit enrol sign|diagnose find|outbreak epidemic|
epidemic outbreak pandemic|pandemic epidemic|spread transmit pass|transmission spread|
recovery improvement|baby infant newborn|toddler child|infant baby|pregnant expecting|birth born|
mortality death|lethal deadly|fatal deadly kill|suicide kill|burn fire|shoot gunshot|stab knife|
rape assault|assault attack|abuse mistreat|harass bully|kidnap abduct seize hostage|abduct kidnap|
smuggle traffic|steal theft stolen|burglary break-in|burgle break_into|loot steal|
robbery raid hold-up|raid search|custody detention|bail release|fine penalise|penalise punish fine|
punish penalise sanction|sanction punish penalty|sanctions embargo|embargo sanctions ban|
offender criminal|convict prisoner|inmate prisoner|detective investigator police|
investigator detective inspector|inspector investigator|prosecutor prosecution|defence lawyer|
jury juror|hearing session trial|testify evidence witness|testimony evidence|appeal challenge|
plea appeal|lawsuit legal case sue|sue lawsuit legal|suit lawsuit sue|settle agreement|
damages payout|infringe violate breach|breach violation break|violation breach|
illegal unlawful illicit|illicit illegal|legislator lawmaker|legislate law|
bill legislation measure|measure bill law|amendment change|amend change|
vote_for back support favour|vote_against oppose reject|ballot vote|poll election|
constituency seat|candidate contender nominee|contender candidate|nominee candidate|
incumbent sitting|runoff second_round|referendum vote plebiscite|campaign canvass|
manifesto programme|policy plan|reform change overhaul|overhaul reform revamp|revamp overhaul|
cabinet government ministers|ministers government|premier pm|council authority|town_hall council|
treasury finance|diplomat ambassador|summit talks|talks negotiations discussions summit|
negotiations talks|treaty pact|pact treaty accord|accord agreement|ceasefire truce|
troops soldiers forces army|forces troops army military|army military|navy naval fleet|fleet ship|
warship ship|fighter jet|jet aircraft|missile rocket|shell bombard|shelling bombardment|
airstrike strike|strike raid|tank armoured|gun weapon firearm|rifle gun|landmine mine|
sniper gunman|ambush attack|siege blockade|blockade siege block|veteran former_soldier|
refugee asylum|flee exodus|genocide massacre|massacre slaughter|slaughter kill|coup putsch|
rebellion uprising revolt|revolution uprising|regime government|dictator ruler|ruler leader|
monarch king queen|king monarch|queen monarch|throne crown|church religious|
priest clergyman cleric|bishop archbishop|pope pontiff|faith religion belief|religion faith|
prayer pray|worshipper congregation|school classroom|pupil schoolboy schoolgirl|
headteacher head principal|lecturer academic|graduate degree|degree qualification|
exam test examination|examination exam|lesson class|course programme|grant funding award|
scholarship grant|fee charge|loan lend|borrow loan|bankrupt insolvent bust collapse|
bankruptcy insolvency collapse|insolvent bankrupt|liquidation bankruptcy|bailout rescue|
merger takeover|merge takeover|bidder suitor|shareholder investor|stake share|float flotation|
flotation listing|bond debt|yield return|stock share|equity share|trader dealer|broker trader|
analyst forecaster|forecast estimate|outlook forecast prospect|prospect outlook|
quarter three_months|turnover sales revenue|revenue sales|earnings profits|profit earnings|
overhead cost|redundancy layoff job_cut|layoff redundancy job_cut sack|redundant lay_off job|
job_loss redundancy cut|workforce staff employees|staff workforce employees workers|
employee worker|worker labourer|hire recruit|wage pay|perk benefit|union trade_union|
walkout strike|negotiate bargain|arbitration mediation|mediator arbitrator negotiator|
broker mediate negotiate|mediate broker|supplier provider|retail shop|outlet store|
supermarket grocer|brand label|advert advertisement ad advertising commercial|ad advert|
advertisement advert|advertise promote|promote advertise market|marketing promotion|launch debut|
model version|version edition model|edition version issue|prototype model|gadget device|
device tool|tool device instrument|instrument tool|equipment gear kit|kit equipment|
machine computer|laptop computer|smartphone phone mobile|handset phone|app application|
application app program|file document|document record|virus worm malware|worm virus|
hacker attacker|hack breach|spam junk|server computer|network system|broadband internet|
link connect|video-game game|gamer player|screen display|spacecraft craft ship|orbit circle|
astronaut cosmonaut|launch blast_off lift_off|engineer technician|theory idea|idea concept notion|
concept idea|method technique|process procedure|approach method way|discovery find finding|
finding discovery result conclusion|result outcome finding|conclusion finding|data figures|
figures data statistics numbers|statistics figures data|cause blame|fault blame|
responsible blame behind|responsibility blame|behind responsible|paper study|journal magazine|
press_conference news_conference briefing|news_conference press_conference|
briefing press_conference|tweet post|post tweet publish|rumour speculation|
speculation rumour guess|guess speculate estimate|comedian comic|drama play|theatre stage|
cast actor|role part character|character role|script screenplay|sequel follow-up|
premiere opening debut|debut premiere first|tour concert|gig concert|painter artist|
sculpture statue|statue sculpture monument|monument memorial|painting picture canvas artwork|
artwork painting work|auction sale|exhibit display|memoir autobiography|hit success|divorce split|
split divorce separate|romance relationship|affair relationship|coach train manager|train coach|
teammate colleague|colleague co-worker teammate|squad team|side team|captain lead|defend retain|
retain keep defend|crown title|runner-up second|semi-final semi|round stage|stage round phase|
phase stage|goal score|equaliser level draw|equalise level|referee official|umpire referee|
sent_off dismissed red_card|red_card sent_off|ban suspend|suspension ban|comeback return|
transfer move|sign join|goalkeeper keeper|athlete runner sportsman sprinter|runner athlete|
cyclist rider|boxer fighter|driver racer|world_record record|record best|doping drug|steroid drug|
attendance crowd|seed seeded|rank ranked rate|ranking rank|lead advantage|comfortable easy|
narrow tight close|emphatic convincing|thrash rout|defeat loss|unbeaten undefeated|streak run|
run streak series|series run|win victory
"""
