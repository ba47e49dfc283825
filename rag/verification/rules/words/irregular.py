"""Words whose forms no stemmer brings together: the base form first."""

IRREGULAR = """
be am is are was were been being|have has had having|do does did done doing|say says said saying|
tell told|think thought|feel felt|know knew known|see saw seen|hear heard|find found|hold held|
win won winning|lose lost losing loss|beat beaten|rise rose risen arise|fall fell fallen|
grow grew grown|go went gone goes|come came|leave left|take took taken taking|
give gave given giving|get got gotten|make made making|buy bought|sell sold sale|pay paid|
spend spent|lend lent|cost costs|send sent|bring brought|build built|begin began begun beginning|
break broke broken|choose chose chosen choice|draw drew drawn|drive drove driven|eat ate eaten|
fly flew flown flight|forget forgot forgotten|hide hid hidden|keep kept|lead led leading|
mean meant|ride rode ridden|run ran running|seek sought|shake shook shaken|shoot shot|
show showed shown|sing sang sung|sink sank sunk|sit sat|speak spoke spoken|stand stood|
steal stole stolen|strike struck stricken|swear swore sworn|swim swam swum|teach taught|
throw threw thrown|understand understood|wear wore worn|write wrote written writing|catch caught|
deal dealt|feed fed|flee fled fleeing|forbid forbade forbidden|bear bore borne|bind bound|
blow blew blown|overthrow overthrew overthrown|withdraw withdrew withdrawn withdrawal|
become became becoming|die died dead dying death|marry married marriage|overcome overcame|
undergo underwent undergone|undertake undertook undertaken|meet met meeting|fight fought fighting|
set setting|cut cutting|put putting|hit hitting|shut shutting|hurt hurting|spread spreading|
quit quitting|let letting|slide slid|stick stuck|sleep slept|sweep swept|shrink shrank shrunk|
spring sprang sprung|ring rang rung|swing swung|tear tore torn|wake woke woken|weave wove woven|
weep wept|light lit|lie lay lain lying|lay laid|dig dug|cling clung|creep crept|
foresee foresaw foreseen|
oversee oversaw overseen|overtake overtook overtaken|mistake mistook mistaken|
forgive forgave forgiven|freeze froze frozen|man men|woman women|child children|person people|
foot feet|tooth teeth|mouse mice|wife wives|life lives|half halves|thief thieves|shelf shelves|
crisis crises|analysis analyses|medium media|good better best|bad worse worst|far further farther|
little less least|many more most much|first firstly|second secondly|third thirdly|
resign resigned resignation|decide decision|invade invasion|defeat defeated|arrive arrival|
refuse refusal|deny denial denied denies|reject rejection|approve approval|propose proposal|
apply application|sign signature|grow growth|die death|sell sales|lose losses|
succeed success successful|fail failure|explain explanation|announce announcement|
investigate investigation|inquire inquiry enquiry|warn warning|weigh weight|believe belief|
prove proof|choose choice|save savings safe|think thought|complain complaint|
explode explosion explosive|conclude conclusion|expand expansion|extend extension|reduce reduction|
produce production product producer|introduce introduction|destroy destruction|
describe description|receive receipt reception|describe description|divide division|
include inclusion|permit permission|admit admission|submit submission|suspend suspension|
tense tension|persuade persuasion|collide collision|criticise criticize criticism critic critical|
analyse analyze analysis analyst|apologise apologize apology|
organise organize organisation organization|recognise recognize recognition|realise realize|
oppose opposition opponent|compete competition competitor competitive|
advise advice adviser advisor|employ employment employer employee|pursue pursuit|remove removal|
renew renewal|survive survival survivor|withdraw withdrawal|acquire acquisition|acquit acquittal|
accuse accusation|allege allegation alleged allegedly|assassinate assassination|assume assumption|
attend attendance|aware awareness|bomb bombing|bury burial|buy buyer|celebrate celebration|
commit commitment|consume consumption consumer|contribute contribution|convict conviction|
cooperate co-operate cooperation co-operation|coordinate co-ordinate coordination co-ordination|
create creation creator|damage damaging|declare declaration|depart departure|deploy deployment|
detain detention detainee|develop development developer|direct director direction|
disappear disappearance|discover discovery|discuss discussion|dismiss dismissal|
distribute distribution|donate donation donor|economy economic economist economically|
elect election elector electoral|enter entry entrance|establish establishment|estimate estimation|
examine examination|execute execution executive|export exporter|fund funding|govern government|
invest investment investor|judge judgment judgement|kill killing killer|know knowledge|
launch launching|legal legally legalise legalize|lead leader leadership|manufacture manufacturer|
merge merger|migrate migration migrant|murder murderer|negotiate negotiation negotiator|
occupy occupation|operate operation operator|own owner ownership|perform performance performer|
poor poverty|popular popularity|predict prediction|prepare preparation|present presentation|
press pressure|promise promising|protect protection|protest protester protestor|
publish publication publisher|qualify qualification qualifier|recover recovery|retire retirement|
reveal revelation|rob robbery robber|score scorer|secure security|sentence sentencing|
strong strength strengthen|weak weakness weaken|wide width widen|deep depth deepen|
long length lengthen|high height|hot heat|suspect suspicion suspected|threaten threat|
tour tourist tourism|trade trading trader|train training trainer|transfer transferred|
translate translation|violate violation|vote voter voting|wealth wealthy|angry anger angrily|
hungry hunger|free freedom|safe safety|true truth|young youth|wise wisdom|proud pride|
dangerous danger|famous fame|hopeful hope|harm harmful|help helpful|peace peaceful|power powerful|
use user usage used using|visit visitor|win winner|work worker|write writer|play player|
support supporter|back backing backer|campaign campaigner|speak speaker speech|drive driver|
farm farmer farming|fish fishing fisherman|ship shipping shipment|teach teacher|sing singer song|
act actor actress acting|report reporter|research researcher|rule ruling ruler|run runner|
fire firefighter|founder foundation|invent invention inventor|view viewer|listen listener|
read reader|learn learning|paint painter painting|hold holder holding|settle settlement settler|
state statement|pay payment|move movement|treat treatment|manage management manager|
state statewide|Europe european|digit digital|globe global|
nation national nationally nationwide nationality|politics political politician|
finance financial financially|industry industrial|environment environmental|
technology technological tech|science scientific scientist|medicine medical|music musical musician|
crime criminal|region regional|race racial|north northern|south southern|east eastern|west western|
coast coastal|province provincial|parliament parliamentary|president presidential presidency|
minister ministerial ministry|diplomat diplomatic diplomacy|terror terrorism terrorist|
violent violence violently|secret secretly secrecy|day daily|week weekly|month monthly|year yearly|
annual annually|quarter quarterly|office official officially|person personal personally|
public publicly|private privately privacy|tax taxation taxpayer|bank banker banking|
market marketing|film filming|age aged ageing aging
"""
