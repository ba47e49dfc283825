"""Nouns, adjectives, adverbs and prepositions of news English that can stand for one another."""

NOUNS = """
rise increase growth gain jump surge climb hike upturn leap upsurge|
fall drop decline decrease reduction slump dip plunge slide downturn|cut reduction|
change shift alteration|
company firm business corporation group enterprise maker manufacturer giant corporate|
company carrier airline|business trade commerce commercial|factory plant works|bank lender|
shop store retailer outlet|retailer chain supermarket|shopper consumer customer buyer|
customer client user subscriber consumer buyer|user person people|
employee worker staff workforce personnel|job post position role|job work employment|
work labour labor|unemployment jobless joblessness|boss chief head leader manager|
chief_executive ceo boss head|chairman chair head|manager coach boss|coach trainer manager|
owner proprietor|investor shareholder stockholder backer|share stock|stake holding share|
profit earnings income|loss deficit shortfall|revenue sale turnover income takings|
income earnings pay|wage pay salary|cost price expense|price cost fee|fee price charge|
money cash fund funding finance|fund money|debt borrowing loan|tax levy duty|budget spending|
spending expenditure outlay|market marketplace|economy economic|recession slump downturn|
growth expansion|trade commerce|deal agreement accord pact contract treaty|deal takeover|
contract deal|takeover acquisition buyout purchase|merger tie-up|bid offer attempt|
offer bid proposal|proposal plan suggestion|plan scheme project proposal programme program|
plan intention|scheme programme program project|project scheme|target goal aim objective|goal aim|
goal strike|forecast prediction estimate outlook projection|estimate figure|
figure number statistic total|figure data|number amount|percentage per_cent percent share|
proportion share percentage|share part|part section portion|majority most|amount sum quantity|
level rate|record best|result outcome|result score|effect impact consequence|consequence result|
cause reason|reason cause motive|problem trouble difficulty issue|difficulty problem|
issue matter question problem|concern worry fear anxiety|fear worry|
danger risk threat peril hazard|risk chance|chance possibility likelihood prospect opportunity|
possibility chance|opportunity chance|hope expectation|crisis emergency|
disaster catastrophe tragedy|accident crash|crash collision|
storm hurricane cyclone gale tempest typhoon|flood flooding deluge|earthquake quake tremor|
fire blaze inferno|explosion blast bombing|bomb device explosive|weapon arm gun|
war conflict fighting hostility combat|conflict dispute war|
dispute row argument quarrel disagreement|row dispute controversy argument|controversy row dispute|
fight battle|battle fight struggle|attack assault raid strike offensive bombing|attack criticism|
criticism condemnation|praise acclaim tribute|invasion incursion|truce ceasefire armistice|
violence unrest clash fighting|unrest riot disorder|protest demonstration rally march|
protester demonstrator activist|rally march|strike walkout stoppage industrial_action|
army military troop force soldier|soldier troop|troop soldier force|
rebel insurgent militant guerrilla fighter|militant insurgent|terrorist militant|
police officer cop|officer official|spokesman spokeswoman spokesperson representative|
leader head chief|president head_of_state|prime_minister premier pm|minister secretary|
chancellor finance_minister|government administration cabinet authority|government state|
authority official|parliament house assembly legislature mp|congress senate|
lawmaker legislator mp congressman senator parliamentarian|mp lawmaker|opposition rival|
opponent rival adversary challenger enemy foe|opponent critic|rival competitor opponent|
ally supporter partner|supporter backer fan follower|fan supporter|election poll vote ballot|
vote ballot poll|voter electorate elector|poll survey|survey study poll questionnaire|
study research report survey|research study|report study survey account|report article story|
article story|newspaper paper daily journal press|press media|journalist reporter correspondent|
reporter journalist|statement comment remark announcement|comment remark statement|
announcement statement declaration|speech address|talk negotiation discussion meeting conversation|
conversation talk chat discussion call|call conversation phone|
meeting talk summit conference gathering session|summit meeting conference|visit trip tour|
trip journey visit|journey trip|campaign drive|drive push|effort attempt bid|campaigner activist|
law legislation act rule bill|bill law legislation|rule regulation law|regulation rule|
ban prohibition|limit cap ceiling restriction|restriction limit curb|
permission approval consent authorisation|approval backing support permission|
support backing help aid|backing support|help aid assistance|aid assistance help relief|
court tribunal|judge magistrate|lawyer attorney solicitor barrister counsel|trial case hearing|
case lawsuit suit|case trial|lawsuit suit legal_action case|claim allegation accusation|
allegation claim accusation charge|charge allegation accusation|evidence proof|
inquiry investigation probe examination|investigation inquiry probe|
verdict ruling judgment decision|decision ruling|sentence term|jail prison|
prisoner inmate detainee|crime offence offense|criminal offender|fraud scam|theft robbery|
thief robber|murder killing|death fatality|death toll|victim casualty|casualty victim dead|
injury wound|illness disease sickness|disease illness condition virus|doctor physician medic gp|
patient sufferer|hospital clinic|drug medicine medication|drug substance|treatment therapy|
scientist researcher expert|researcher scientist academic|expert specialist analyst|
analyst expert observer economist|economist analyst|observer analyst|professor academic|
student pupil|pupil student schoolchild child|university college|child youngster kid young|
youngster young teenager|teenager youth adolescent|boy son|girl daughter|woman female|man male|
husband spouse|wife spouse|family relative|parent mother father|mother mum mom|father dad|
couple pair two|person individual|people person public|people individual|population inhabitant|
resident inhabitant local citizen|citizen national|immigrant migrant|refugee displaced|home house|
house home property|house_price property_price|flat apartment|street road|road street highway|
car vehicle|truck lorry|plane aircraft jet airliner|aircraft plane|helicopter chopper|
ship vessel boat|boat vessel|train railway rail|passenger traveller traveler|country nation state|
nation country|city town|area region district zone|region area|border frontier|world global globe|
world international|international global worldwide|abroad overseas|foreign overseas|north northern|
south southern|east eastern|west western|coast shore|sea ocean|forest wood|land ground|
weather climate|oil crude petroleum|petrol gasoline fuel gas|energy power electricity|
power electricity|computer pc machine|machine device|device gadget machine|
phone telephone mobile handset|mobile cellphone handset|internet net web online|
website site web_page|web internet|e-mail email mail|software program programme application|
game match tie fixture encounter clash|match game|game title|
tournament competition championship contest cup|competition contest|championship title|
title crown championship|trophy cup title|season campaign|player footballer star|striker forward|
goalkeeper keeper|captain skipper|team side squad|squad team|club side team|side team|
winner champion victor|champion winner|victory win triumph success|win victory|defeat loss|
draw tie|lead advantage|stadium ground arena|crowd audience|audience viewer|spectator crowd fan|
film movie picture|movie film|director film-maker filmmaker|actor star performer|
actress actor star|star celebrity actor|celebrity star|singer vocalist musician performer|
band group|musician artist|album record|song single track|single song|concert gig show|
show programme program|programme show series|series show|television tv|
channel station network broadcaster|broadcaster network|book novel|author writer novelist|
writer author|prize award honour honor|award prize|ceremony event|exhibition show|museum gallery|
marriage wedding|launch release introduction|release launch|start beginning|end conclusion finish|
closure closing shutdown|delay postponement|return comeback|departure exit resignation|
resignation departure|dismissal sacking|move step|step measure|measure step action|action step|
role part|way method|product good|goods product|satellite spacecraft probe|
technology tech technological|tech technology|information data detail|data information figure|
detail information|secret classified confidential|document paper file|message note text|
picture photo photograph image|photograph photo|video footage clip|footage film|
ability capability capacity|skill talent|quality standard|standard level|advantage benefit edge|
benefit advantage|gain benefit|success achievement|failure collapse|mistake error|
doubt uncertainty|confidence trust|anger fury outrage rage|shock surprise|joy delight|
pressure stress|tension strain|relation relationship tie link|link tie connection relation|
connection link|contact communication touch|influence power|power control|security safety|
freedom liberty|duty responsibility|demand need appetite|need requirement|shortage lack scarcity|
lack shortage absence|surplus excess|reserve stockpile|person_familiar source|history past|
moment time|time period|period spell time|night evening|quarter three-month|year annual yearly|
annual yearly|young youthful|old elderly aged|new fresh|new latest recent|recent latest|
latest last|former ex previous one-time|previous earlier prior past|current present|
big large huge major massive great enormous substantial sizeable sizable considerable significant|
big biggest large largest|large big|small little tiny minor|main chief principal key major leading|
key crucial vital important|important significant crucial key vital major|leading top|best top|
good positive strong|strong robust solid powerful|weak poor feeble|poor bad weak|poor impoverished|
rich wealthy affluent|bad poor|serious severe grave|severe serious harsh|harsh tough severe|
tough hard difficult strict|hard difficult|difficult hard tough|easy simple|
quick fast rapid swift speedy|fast quick rapid|slow sluggish|sharp steep|high elevated|
cheap inexpensive low-cost budget|expensive costly dear|costly expensive|
famous well-known renowned celebrated|well-known famous|official formal|legal lawful|
illegal unlawful|safe secure|dangerous risky hazardous unsafe|deadly fatal lethal|dead killed|
wounded injured hurt|ill sick unwell|sick ill|healthy fit|unfit injured|ready prepared willing|
unwilling reluctant|likely probable set|possible potential|certain sure|clear obvious|
unclear uncertain unknown|uncertain unsure|angry furious outraged|
happy pleased delighted glad satisfied|pleased happy delighted|sad unhappy upset|
unhappy dissatisfied|worried concerned anxious alarmed|concerned worried|afraid scared frightened|
confident optimistic hopeful|optimistic hopeful confident upbeat|pessimistic gloomy|
surprised shocked stunned|empty vacant|full complete|whole entire all|entire whole|total overall|
common widespread|widespread extensive|rare uncommon unusual|unusual rare|strange odd|
normal usual ordinary|usual normal|different various|various several many|several some number|
many numerous lots lot|few handful|other another|same identical similar|similar alike|joint shared|
domestic local home national|national nationwide|nationwide across_the_country|electronic digital|
nuclear atomic|financial fiscal monetary economic|environmental green|
American us united_states u.s|british uk britain united_kingdom|european eu europe|dozen twelve|
pair two|once formerly|now currently presently today|currently now|soon shortly|
immediately straight_away instantly at_once promptly|later afterwards subsequently|
earlier before previously|before ahead_of prior_to|after following|during throughout over amid|
about around approximately roughly some|almost nearly|nearly almost close_to|over more_than above|
above over|under less_than below|below under|only just|also too as_well|again once_more|
often frequently regularly|frequently often|regularly often|
repeatedly often several_times many_times|sometimes occasionally|
mainly mostly largely primarily chiefly|largely mainly|partly partially|
completely totally entirely fully wholly|fully completely|very extremely|especially particularly|
slightly marginally|sharply steeply dramatically|significantly substantially considerably markedly|
dramatically sharply|gradually slowly|quickly rapidly fast swiftly|suddenly abruptly|
unexpectedly surprisingly|apparently seemingly|reportedly allegedly|probably likely|
perhaps maybe possibly|together jointly|despite although notwithstanding in_spite_of|
although though despite while|because due since owing|due because|instead rather|against versus|
towards to|within inside|next following coming|last previous past final|past last previous|
coming next upcoming forthcoming|forthcoming upcoming coming|final last|
first initial maiden inaugural opening|initial first|midday noon|christmas festive|
online internet web|abroad foreign overseas|lone single sole|sole only single|single one|twice two|
unnamed anonymous unidentified|anonymous unnamed|anonymity anonymous unnamed|
billionaire tycoon mogul magnate|tycoon mogul billionaire magnate entrepreneur businessman|
entrepreneur businessman|businessman executive|executive boss manager director|
adviser advisor aide|aide adviser assistant|assistant aide deputy|deputy vice|
ambassador envoy diplomat|envoy diplomat|hostage captive|captive prisoner|kidnapping abduction|
abduct kidnap|gunman attacker shooter|attacker assailant|suspect accused defendant|
defendant accused|witness onlooker|neighbour neighbor|founder co-founder|head leader boss|
regulator watchdog|body organisation organization agency|organisation organization body group|
agency body|charity organisation|committee panel|panel committee jury|commission committee|
department ministry|office bureau|headquarters base hq|base headquarters|staff employee|
facility centre center|centre center|harbour harbor port|port harbour|cargo freight|fare ticket|
pub bar|tourist visitor holidaymaker|visitor tourist|holiday vacation|pensioner retired elderly|
pension retirement|mortgage home_loan|loan credit|pound sterling|dividend payout|payout payment|
compensation damages|fine penalty|penalty fine punishment|punishment penalty|penalty spot-kick
"""
