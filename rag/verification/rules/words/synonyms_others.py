"""Words of any other class in news English that can stand for one another, by their sense."""

OTHERS = """
rise increase growth gain jump surge climb hike upturn leap upsurge|fall drop decline decrease
reduction slump dip plunge slide downturn|company firm business corporation group enterprise maker
manufacturer giant|company carrier airline|business trade commerce commercial|factory plant works|
bank lender|shop store retailer outlet|retailer chain supermarket|shopper consumer customer buyer|
customer client user subscriber consumer buyer|user person|employee worker staff workforce
personnel|job work employment|work labour labor|unemployment jobless|boss chief head leader manager|
chief_executive ceo boss head|chairman chair head|coach boss|coach trainer manager|owner proprietor|
investor shareholder stockholder backer|share stock|stake holding share|profit earnings income|loss
deficit shortfall|revenue sale turnover income takings|income earnings pay|wage pay salary|price
expense|price cost fee|fee price charge|money cash fund finance|debt borrowing loan|tax levy duty|
budget spending|spending expenditure outlay|market marketplace|recession slump downturn|deal
agreement accord pact contract treaty|deal takeover|takeover acquisition buyout purchase|merger
tie-up|offer attempt|plan suggestion|plan scheme project proposal programme program|plan intention|
target goal aim objective|goal strike|prediction estimate outlook projection|estimate figure|
statistic total|percentage per_cent percent share|proportion share percentage|share part|part
section portion|majority most|amount sum quantity|level rate|record best|result score|effect impact
consequence|consequence result|reason cause motive|problem trouble difficulty issue|issue matter
question problem|concern worry fear anxiety|danger risk threat peril hazard|risk chance|chance
possibility likelihood prospect opportunity|crisis emergency|disaster catastrophe tragedy|accident
crash|storm hurricane cyclone gale tempest typhoon|flood deluge|earthquake quake tremor|fire blaze
inferno|explosion blast bombing|bomb device explosive|weapon arm gun|war conflict fighting hostility
combat|conflict dispute war|dispute row argument quarrel disagreement|row dispute controversy
argument|attack assault raid strike offensive bombing|praise acclaim tribute|invasion incursion|
truce ceasefire armistice|violence unrest clash fighting|unrest riot disorder|protester demonstrator
activist|strike walkout stoppage industrial_action|army military troop force soldier|rebel insurgent
militant guerrilla fighter|terrorist militant|police officer cop|spokesman spokeswoman spokesperson
representative|president head_of_state|prime_minister premier pm|minister secretary|chancellor
finance_minister|government administration cabinet authority|government state|authority official|
parliament house assembly legislature mp|congress senate|lawmaker legislator mp congressman senator
parliamentarian|opponent rival adversary challenger enemy foe|opponent critic|rival competitor
opponent|ally supporter partner|supporter backer fan follower|election poll vote ballot|survey study
poll questionnaire|study research report survey|report study survey account|report article story|
newspaper paper daily journal press|press media|journalist reporter correspondent|statement comment
remark announcement|speech address|negotiation discussion meeting conversation|conversation talk
chat discussion call|conversation phone|meeting talk summit conference gathering session|trip tour|
trip journey visit|campaign drive|effort attempt bid|campaigner activist|law legislation act rule
bill|rule regulation law|limit cap ceiling restriction|permission consent authorisation|approval
backing support permission|backing help aid|aid assistance help relief|court tribunal|judge
magistrate|lawyer attorney solicitor barrister counsel|trial case hearing|lawsuit suit legal_action
case|claim charge|evidence proof|verdict ruling judgment decision|sentence term|jail prison|prisoner
inmate detainee|crime offence offense|criminal offender|fraud scam|theft robbery|thief robber|death
toll|casualty victim dead|injury wound|disease sickness|disease illness condition virus|doctor
physician medic gp|patient sufferer|hospital clinic|drug medicine|drug substance|treatment therapy|
scientist researcher expert|researcher scientist academic|expert specialist analyst|analyst expert
observer economist|professor academic|pupil student schoolchild child|university college|child
youngster kid young|youngster teenager|teenager youth adolescent|boy son|girl daughter|woman female|
man male|husband spouse|wife spouse|family relative|parent mother father|mother mum mom|father dad|
couple pair two|people public|people individual|population inhabitant|resident inhabitant local
citizen|citizen national|immigrant migrant|refugee displaced|house home property|house_price
property_price|flat apartment|road street highway|car vehicle|truck lorry|plane aircraft jet
airliner|helicopter chopper|ship vessel boat|train railway rail|passenger traveller|country nation
state|city town|area region district zone|border frontier|world global|world international|
international global worldwide|north|south|east|west|coast shore|sea ocean|forest wood|land ground|
weather climate|oil crude petroleum|petrol gasoline fuel gas|energy power electricity|computer pc
machine|device gadget machine|phone telephone mobile handset|mobile cellphone handset|internet net
web online|website site web_page|e-mail mail|software program programme application|game match tie
fixture encounter clash|game title|tournament competition championship contest cup|title crown
championship|trophy cup title|season campaign|player footballer star|striker forward|goalkeeper
keeper|captain skipper|team side squad|club side team|winner champion victor|victory win triumph
success|defeat loss|lead advantage|stadium ground arena|crowd audience|audience viewer|spectator
crowd fan|film movie picture|director film-maker filmmaker|actor performer|star celebrity actor|
singer vocalist musician performer|band group|musician artist|album record|song single track|concert
gig show|show program|programme show series|television tv|channel station network broadcaster|book
novel|author writer novelist|prize award honour honor|ceremony event|museum gallery|closure closing
shutdown|return comeback|departure exit resignation|move step|measure step action|goods product|
satellite spacecraft probe|tech|data detail|data information figure|secret classified confidential|
document paper file|message note text|picture photo photograph image|video footage clip|footage
film|ability capability capacity|skill talent|quality standard|standard level|advantage benefit
edge|gain benefit|success achievement|doubt uncertainty|confidence trust|anger fury outrage rage|joy
delight|pressure stress|tension strain|relation relationship tie link|contact communication touch|
influence power|power control|freedom liberty|duty responsibility|demand need appetite|shortage lack
scarcity|shortage absence|surplus excess|reserve stockpile|person_familiar source|history past|
moment time|period spell time|night evening|quarter three-month|annual yearly|old elderly aged|new
fresh|new latest recent|latest last|former ex previous one-time|previous earlier prior past|big
large huge major massive great enormous substantial sizeable sizable considerable significant|big
biggest large largest|small little tiny minor|main chief principal key major leading|important
significant crucial key vital major|good positive strong|strong robust solid powerful|weak poor
feeble|poor bad weak|poor impoverished|rich wealthy affluent|serious severe grave|serious harsh|
harsh tough severe|tough hard difficult strict|easy simple|quick fast rapid swift speedy|slow
sluggish|sharp steep|high elevated|cheap inexpensive low-cost budget|expensive costly dear|famous
well-known renowned celebrated|official formal|legal lawful|safe secure|dangerous risky hazardous
unsafe|deadly fatal lethal|ill sick unwell|healthy fit|unfit injured|ready prepared willing|likely
probable set|possible potential|certain sure|clear obvious|unclear uncertain unknown|uncertain
unsure|furious outraged|happy pleased delighted glad satisfied|sad unhappy upset|unhappy
dissatisfied|worried concerned anxious alarmed|afraid scared frightened|optimistic hopeful confident
upbeat|pessimistic gloomy|empty vacant|full complete|whole entire all|total overall|common
widespread|widespread extensive|rare uncommon unusual|strange odd|normal usual ordinary|different
various|various several many|several some number|many numerous lots|few handful|other another|same
identical similar|similar alike|joint shared|domestic local home national|nationwide
across_the_country|electronic digital|nuclear atomic|financial fiscal monetary economic|
environmental green|european eu|dozen twelve|once formerly|now currently presently today|soon
shortly|immediately straight_away instantly at_once promptly|before previously|before ahead_of
prior_to|after following|during throughout over amid|about around approximately roughly some|nearly
almost close_to|over more_than above|under less_than below|only just|also too as_well|again
once_more|often frequently regularly|repeatedly often several_times many_times|sometimes
occasionally|mainly mostly largely primarily chiefly|partly partially|completely totally entirely
fully wholly|very extremely|especially particularly|slightly marginally|sharply steeply
dramatically|significantly substantially considerably markedly|gradually slowly|suddenly abruptly|
unexpectedly surprisingly|apparently seemingly|reportedly allegedly|perhaps maybe possibly|despite
although notwithstanding in_spite_of|although though despite while|because due since owing|instead
rather|against versus|towards to|next following coming|last previous past final|coming next upcoming
forthcoming|first initial maiden inaugural opening|midday noon|christmas festive|abroad foreign
overseas|lone single sole|sole only single|single one|twice two|unnamed anonymous unidentified|
tycoon mogul billionaire magnate entrepreneur businessman|businessman executive|executive boss
manager director|aide adviser assistant|assistant aide deputy|deputy vice|ambassador envoy diplomat|
hostage captive|captive prisoner|gunman attacker shooter|attacker assailant|suspect accused
defendant|witness onlooker|neighbour neighbor|founder co-founder|regulator watchdog|body
organisation agency|organisation body group|charity organisation|panel committee jury|commission
committee|department ministry|office bureau|headquarters base hq|facility centre center|harbour
harbor port|cargo freight|fare ticket|pub bar|tourist visitor holidaymaker|holiday vacation|
pensioner retired elderly|mortgage home_loan|loan credit|pound sterling|dividend payout|payout
payment|compensation damages|penalty fine|penalty spot-kick|
up higher rise increase grow go_up climb|down lower fewer less fall drop decrease decline go_down|
stance position view attitude|pull_out drop_out withdraw|ought should must|improvise spontaneous
off_the_cuff|guilty convict plead admit|innocent acquit cleared exonerated|resume reconvene restart
reopen continue|register sign_up enrol enlist join|post job role position office|alliance coalition
bloc partnership union league|unable incapable powerless|unwilling reluctant refuse loath|emerge
surface come_to_light appear transpire|light emerge|question interview ask quiz poll survey canvass|
deadline time-limit cut-off|row succession consecutive straight running|aware know conscious|unaware
ignorant|difficulty struggle trouble hard difficult|struggle battle labour strive|exception apart
only|alike both equally|gain regain win_back recover retrieve|regain recover win_back retake
reclaim|feel become get grow|get turn grow|finish end over complete done conclude|unfinished
incomplete|cancel write_off scrap wipe_out forgive waive|beat exceed top surpass outdo better|
entrant contestant participant competitor candidate|applicant candidate|participant attendee member|
approve favour back vote|favour prefer support|choose prefer|choice option alternative|option choice
possibility|lack without absence|lack need|receive get given awarded granted|owe pay due|bribery
corruption graft bribe|count total figure|enrol recruit include involve|wane weaken fade diminish
decline subside|fade wane disappear|disappear vanish missing go_missing|missing lost absent
disappeared|improbable unlikely|likely probable expected|indication sign evidence hint signal clue
pointer|gunfire shooting gunshot|necessary essential needed required vital|remainder rest remaining
balance|remain rest stay left|comparison compare contrast against|control placebo|catch contract get
infected|infection illness disease|short brief briefly temporary|briefly short momentarily|store
keep stock|brush_aside dismiss wave_aside shrug_off|dismiss brush_aside shrug_off reject call|apart
separate plus additional besides|possibility may might could|exceed above over more top pass|
overturn capsize tip_over|view think believe opinion|intensify heavier worsen increase stronger|
upstairs floor upper|evacuate move safety flee leave shift relocate|rescue save pluck pull evacuate|
further more additional extra advance|advance further progress promote|furious angry infuriate
enrage incense|infuriate fury|annoy irritate anger|details specifics particulars information|switch
turn change swap|activate switch_on turn_on enable|deactivate switch_off turn_off disable|
participate take_part join involved attend|involved part participate|sort kind type form|kind sort
category|category class group type|near close beside next_to adjacent|near nearby|nearby close
neighbouring local|far distant remote|inside indoors within|outside beyond|start outset beginning|
peak height top zenith|low bottom trough|bottom foot base|middle centre center mid heart|corner
edge|edge border brink|side part|top summit peak head|unveil present show reveal announce|showcase
display present|mistake confuse error wrongly|wrong mistaken incorrect|correct right accurate true|
true real genuine|real genuine actual|fake false bogus counterfeit|false untrue fake incorrect|lie
untruth falsehood|honest truthful sincere|cheat deceive fraud trick|deceive mislead cheat dupe|trick
con fool|simultaneously at_once together same|together with jointly both|alone solo single-handedly|
widely generally commonly broadly|usually broadly|usually normally generally typically|originally
initially first|eventually finally ultimately end|eventually last|meanwhile while|afterwards later
then subsequently after|earlier before ago|recently lately last|monthly|hourly|fortnight weeks|
overnight night|dawn sunrise daybreak|dusk sunset nightfall|lunchtime midday|guarantee assurance
pledge|deposit payment|instalment payment|rent lease hire|landlord owner|homeowner householder|
tenant renter|dwelling home house|residence home|neighbourhood district area quarter|outskirts
suburb edge|downtown centre|capital city|settlement town village|countryside rural|farmland field
land|field pitch ground|farmer grower|harvest crop reap|livestock cattle animal|cattle cow|animal
beast creature|fish catch|pet animal|species kind|wildlife animal|tree wood|plant grow|plant
facility factory site|site place spot venue|venue site place location stadium|scene place|territory
land region area|county district|province region|island isle|strait channel|canal waterway|lake
reservoir|dam reservoir barrier|barrier wall dyke dam|levee dyke embankment|embankment bank levee|
bank shore side|flood overflow swamp inundate submerge|rainfall rain downpour precipitation|storm
thunderstorm|gust wind|snowfall snow|blizzard snowstorm|drought dry|heatwave heat|temperature heat
warmth|wildfire fire blaze|volcano eruption|erupt explode|landslide mudslide|collapse fall cave_in
crumble|destroy rubble|rubble debris ruin wreckage|wreckage wreck debris|stuck trapped stranded|
shelter refuge accommodation|displace homeless uproot|urgent pressing emergency|paramedic medic
ambulance|surgeon doctor|operate surgery|dose jab injection shot|vaccine jab shot inoculation|
vaccinate inoculate immunise immunize|pill tablet|symptom sign|fever temperature|pain ache|cancer
tumour tumor|heart cardiac|lung respiratory|mental psychological|trial test experiment study|
laboratory lab|volunteer participant|recruit enrol sign|diagnose find|epidemic outbreak pandemic|
spread transmit pass|transmission spread|baby infant newborn|toddler child|pregnant expecting|birth
born|mortality death|fatal deadly kill|suicide kill|burn fire|stab knife|rape assault|abuse
mistreat|harass bully|kidnap abduct seize hostage|smuggle traffic|steal theft|burglary break-in|
burgle break_into|loot steal|robbery raid hold-up|raid search|custody detention|bail release|
penalise punish fine|penalise sanction|sanction punish penalty|embargo sanctions ban|convict
prisoner|detective investigator police|investigator detective inspector|prosecutor prosecution|
defence lawyer|jury juror|hearing session trial|testify evidence witness|testimony evidence|plea
appeal|lawsuit legal case sue|suit sue|settle agreement|damages payout|illegal unlawful illicit|
legislation measure|measure bill law|vote_for back support favour|vote_against oppose reject|
constituency seat|candidate contender nominee|incumbent sitting|runoff second_round|referendum vote
plebiscite|campaign canvass|manifesto programme|policy plan|change overhaul|overhaul reform revamp|
cabinet government ministers|council authority|town_hall council|treasury finance|negotiations
discussions summit|navy naval fleet|fleet ship|warship ship|fighter jet|missile rocket|airstrike
strike|tank armoured|gun weapon firearm|rifle gun|landmine mine|sniper gunman|ambush attack|blockade
siege block|veteran former_soldier|refugee asylum|flee exodus|genocide massacre|massacre slaughter|
slaughter kill|coup putsch|rebellion uprising revolt|revolution uprising|regime government|dictator
ruler|ruler leader|monarch king queen|throne crown|church religious|priest clergyman cleric|bishop
archbishop|pope pontiff|faith religion belief|prayer pray|worshipper congregation|school classroom|
pupil schoolboy schoolgirl|headteacher head principal|lecturer academic|graduate degree|degree
qualification|exam test examination|lesson class|course programme|grant funding award|scholarship
grant|bankrupt insolvent bust collapse|bankruptcy insolvency collapse|liquidation bankruptcy|bailout
rescue|merge takeover|bidder suitor|float flotation|flotation listing|bond debt|yield return|equity
share|trader dealer|broker trader|analyst forecaster|outlook forecast prospect|quarter three_months|
overhead cost|layoff redundancy job_cut sack|redundant lay_off job|job_loss redundancy cut|perk
benefit|union trade_union|mediator arbitrator negotiator|broker mediate negotiate|supplier provider|
supermarket grocer|advert advertisement ad commercial|promote advertise market|launch debut|version
edition model|edition version issue|prototype model|tool device instrument|equipment gear kit|laptop
computer|smartphone phone mobile|application app program|document record|virus worm malware|hacker
attacker|hack breach|spam junk|server computer|network system|broadband internet|video-game game|
gamer player|screen display|spacecraft craft ship|orbit circle|astronaut cosmonaut|launch blast_off
lift_off|engineer technician|theory idea|idea concept notion|method technique|process procedure|
approach method way|discovery result conclusion|result outcome finding|figures data statistics
numbers|cause blame|fault blame|responsible blame behind|paper study|journal magazine|
press_conference news_conference briefing|post tweet publish|speculation rumour guess|guess
speculate estimate|comedian comic|drama play|theatre stage|cast actor|role part character|script
screenplay|sequel follow-up|premiere opening debut|debut premiere first|tour concert|painter artist|
statue sculpture monument|monument memorial|painting picture canvas artwork|artwork painting work|
auction sale|memoir autobiography|hit success|divorce separate|romance relationship|affair
relationship|colleague co-worker teammate|captain lead|retain keep defend|runner-up second|
semi-final semi|stage round phase|goal score|equaliser level draw|referee official|umpire referee|
sent_off dismissed red_card|suspension ban|athlete runner sportsman sprinter|cyclist rider|boxer
fighter|driver racer|world_record record|doping drug|steroid drug|attendance crowd|seed|comfortable
easy|narrow tight close|emphatic convincing|unbeaten undefeated|run streak series
"""
