"""Words of news English that contradict one another in the same place, side against side."""

OPPOSITES = """
oppose vote_against : vote_for|keep retain hold_on_to : give_up relinquish surrender|
go_ahead press_ahead : call_off scrap|unanimous : divided split|hold_to_blame : clear_of_blame|
go_up more rise climb increase grow jump soar surge up gain higher high upward leap rocket
advance rally upturn growth raise boost lift hike expand upwards : go_down fewer less fall drop
decline decrease slide slip sink tumble plunge plummet down slump dive shrink lower low downward
cut reduce slash dip downturn reduction contract lose downwards ease weaken|
more most majority extra additional : less least few fewer fewest minority|
increase raise widen expand extend lengthen strengthen : decrease reduce narrow cut shorten
weaken limit lower lessen diminish|obey follow toe : defy flout|
encourage urge promote : frown_on frown discourage deter|reveal publish release : withhold|
repay refund : withhold keep|widen broaden : narrow|praise welcome : lament deplore|
win victory triumph won beat winner champion clinch : lose defeat loss lost loser runner-up|
beat defeat overcome thrash : lose_to draw tie|
success succeed successful : failure fail unsuccessful collapse|pass : fail|
accept approve agree welcome embrace adopt take_up consent endorse back ratify grant : reject
refuse turn_down dismiss decline spurn rebuff throw_out oppose deny veto|
confirm admit acknowledge concede accept verify : deny reject dismiss refute dispute|
allow permit let authorise authorize enable legalise legalize approve : ban bar prohibit forbid
block prevent outlaw stop refuse|legal lawful legitimate : illegal unlawful illegitimate|
support back favour favor endorse champion defend praise backing supporter backer ally pro :
oppose criticise criticize condemn attack resist object opposition opponent critic fight anti|
praise hail applaud welcome commend compliment acclaim laud pay_tribute : criticise criticize
condemn attack denounce slam blast lambast blame fault|
agree agreement consensus : disagree disagreement dispute object|agree : refuse decline|
before earlier ahead_of prior_to previously beforehand : after following later afterwards
subsequently since|first opening initial earliest initially : last final latest closing finally|
begin start launch open commence kick_off get_under_way opening beginning set_up resume : end
finish stop close conclude halt cease closing shut completion abandon suspend cancel complete|
open reopen : close shut shut_down closed closure|
launch introduce impose create establish adopt : scrap abolish abandon drop axe cancel lift
withdraw shelve|impose tighten toughen introduce : lift ease relax remove scrap loosen|
continue keep carry_on go_on remain retain maintain preserve stay : stop end halt quit abandon
scrap cease drop change suspend leave|go_ahead proceed : call_off cancel postpone delay abandon|
postpone delay : bring_forward hasten|join enter : leave quit exit depart withdraw|
enter arrive come : leave exit depart go|stay remain : leave go quit depart move|
arrive arrival come : leave departure depart go|
appoint hire employ recruit take_on reinstate : sack fire dismiss lay_off oust axe remove|
hire appoint : resign quit step_down|import : export|spend spending : save saving earn|
profit surplus gain : loss deficit debt|rich wealthy affluent : poor impoverished|
cheap inexpensive affordable : expensive dear|
strong robust solid powerful strength strengthen : weak feeble fragile weakness weaken|
good positive better best well improve improvement healthy : bad poor negative worse worst badly
worsen deteriorate|improve recover better upgrade : worsen deteriorate decline|
optimistic hopeful confident upbeat optimism : pessimistic gloomy pessimism doubtful|hope : fear|
happy pleased delighted glad satisfied : unhappy angry disappointed furious upset sad dissatisfied|
like love enjoy : hate dislike|safe secure safety : dangerous unsafe risky hazardous danger|
easy simple easily : difficult hard tough complicated complex|
fast quick rapid quickly rapidly swiftly : slow slowly sluggish|
big large huge major massive great biggest largest : small little tiny minor smallest|
long longer longest : short shorter shortest brief|tall high : low short|wide broad : narrow|
old older oldest elderly : young new younger youngest|new : old|early : late|
early sooner : late later|hot warm heat : cold cool chill|heavy : light|full : empty partial|
public : private secret|secret private closed-door : public open|open : secret closed|
rare rarely seldom unusual : common frequent often usual usually frequently|
always : never sometimes occasionally rarely seldom|
often frequently regularly repeatedly : rarely seldom never occasionally once|
once : repeatedly twice often|never : always often once ever|
everyone everybody all every : nobody none no_one some few|
all every entire whole both : some none part half few neither|both : neither one|many most : few|
guilty convict convicted conviction : innocent acquit acquitted cleared acquittal exonerate clear|
convict jail imprison : acquit clear free release|
jail imprison arrest detain hold capture seize imprisonment : release free let_go liberate|
prosecution prosecutor : defence defense defendant|
alive survive living survivor : dead killed die death|survive : die perish|
kill die : survive rescue save|born birth : die death|marry marriage wed : divorce separate|
war conflict : peace truce ceasefire|attack : defend protect|attacker : victim|
invade advance : retreat withdraw|
enemy foe rival opponent adversary : ally friend partner supporter|friend : enemy|victory : defeat|
hero : villain|top best leading first : bottom worst|upper : lower|north northern : south southern|
east eastern : west western|northeast north-east : southwest south-west|
northwest north-west : southeast south-east|left left-wing : right right-wing|
conservative : liberal|liberal : conservative|democrat democratic : republican|
male man boy : female woman girl|father : mother|son : daughter|husband : wife|brother : sister|
parent : child|student pupil : teacher|employer : employee worker|landlord : tenant|
doctor : patient|urban : rural|domestic home : foreign overseas abroad|home : away|
local : national international global|national : international|indoor : outdoor|day : night|
morning : evening afternoon night|summer : winter|spring : autumn|today : yesterday tomorrow|
yesterday : tomorrow|last past previous : next coming following upcoming future forthcoming|
former ex : current present incumbent|past : future|
temporary interim temporarily provisional : permanent permanently|permanent : temporary|
likely probable : unlikely improbable|possible able : impossible unable|
certain sure certainty : uncertain doubtful unsure|clear obvious : unclear ambiguous|
know known : unknown|true accurate correct right : false untrue wrong inaccurate incorrect|
truth : lie|prove proven : disprove unproven|legal : illegal|official : unofficial|
formal : informal|voluntary : compulsory mandatory|optional : mandatory compulsory|
mandatory compulsory obligatory : voluntary optional|
deliberate intentional deliberately intentionally : accidental accidentally unintentional|
include contain including : exclude omit excluding|inside within : outside beyond|
above over exceed more_than : below under less_than|exceed surpass : fall_short miss|
meet reach achieve hit : miss fall_short fail|win gain earn : lose forfeit|find discover : lose|
hide conceal : reveal expose show disclose|reveal disclose publish : hide conceal withhold|
remember recall : forget|ignore neglect overlook : notice heed address consider|
obey comply : defy disobey breach violate break|keep honour honor : break|
build construct erect : demolish destroy knock_down|create : destroy|
repair fix mend : break damage|protect defend guard : attack harm expose threaten|
help assist aid : hinder hurt harm hamper|encourage urge invite : discourage deter|
persuade : dissuade|attract draw : repel deter|
connect link unite join merge unify : separate divide split disconnect|
unite united unity : divide divided split division|together jointly : separately alone apart|
front : back rear|forward forwards : backward backwards back|with : without|
maximum most : minimum least|minimum at_least : maximum at_most up_to|majority : minority|
net : gross|gross : net|wholesale : retail|demand : supply|
shortage lack scarcity : surplus abundance plenty excess|
trust confidence confident believe : distrust mistrust doubt|believe : doubt disbelieve|
calm ease soothe reassure : worry alarm|tension : calm|escalate intensify : ease defuse calm|
peaceful peacefully : violent violently|violence : peace|brave : cowardly|
friendly warm : hostile cold|hostile : friendly|proud : ashamed|
famous well-known renowned : unknown obscure|popular : unpopular|independent : dependent|
armed : unarmed|married : single unmarried|vegetarian : carnivore|
qualify : miss_out fail eliminate|advance progress : exit crash_out|
promote promoted promotion : relegate relegated relegation demote|score : concede miss|win : draw|
attack offensive : defence defense defensive|fit healthy : injured unfit ill|
recover recovery : relapse worsen|vaccinated : unvaccinated|sober : drunk|
employ employed employment : unemployed unemployment|wet : dry|rain : drought|flood : drought|
clean : dirty pollute|sunny : rainy cloudy|thick : thin|deep : shallow|
sharp sharply steeply dramatically significantly : slightly slight marginally marginal gradually
gently modestly|slightly : sharply significantly massively|quick : slow|
immediately at_once : later eventually|sooner : later|
partly partially : completely fully entirely wholly|
completely fully entirely totally : partly partially|directly direct : indirectly indirect|
major main chief key : minor|important crucial vital : unimportant trivial|
serious severe grave : minor mild slight|severe heavy : mild light|lenient : harsh|harsh : lenient|
active : inactive passive|present attend : absent miss|attend : boycott miss skip|boycott : attend|
vote_for support back favour : vote_against oppose reject|yes : no|with_help : alone|
alone : together|single : double several multiple|individual : collective|
same identical : different|similar : different|different : same similar identical|
usual normal ordinary : unusual abnormal extraordinary|natural : artificial|
real genuine authentic : fake false counterfeit|original : copy fake|theory : practice|
success : setback|breakthrough : setback|boost : blow setback|blow setback : boost|
boom : bust recession slump|recovery growth boom : recession slump downturn|inflation : deflation|
bull : bear|creditor : debtor|ally : adversary|offence : defence|convince : fail|
free freedom : captive|liberate : occupy|victor : vanquished|senior : junior|major : junior|
superior : inferior|teacher : pupil|ancient : modern|traditional : modern|
digital : analogue analog|online : offline|wired : wireless|
voluntarily willingly willing keen eager : reluctantly unwilling reluctant forced unwillingly|
willing : unwilling reluctant|eager keen : reluctant|reluctant : eager keen|
unanimous unanimously : narrowly split|
narrowly narrow : comfortably easily overwhelmingly convincingly wide|
comfortably easily convincingly : narrowly|overwhelming : narrow|slim : large overwhelming|
best-selling : worst-selling|cause : prevent cure|overturn quash reverse annul : uphold affirm|
uphold affirm : overturn quash reverse|plead_guilty : deny plead_not_guilty|
charge accuse : clear exonerate|accusation : exoneration|blame : exonerate credit|credit : blame|
thank : blame|apologise apologize : refuse|comment : refuse|sign : reject|ceasefire : fighting|
withdraw withdrawal pull_out : deploy deployment advance stay|deploy send : withdraw recall|
nominate : reject|elect re-elect : oust defeat|keep retain hold : lose drop relinquish|
retain : lose|defend : relinquish|double triple treble : halve|underestimate : overestimate|
overvalued : undervalued|ban : allow legalise|lift : impose|approve : block|block : approve allow|
unblock : block|rescue : abandon|abandon : rescue|hardly barely scarcely : fully easily|
plentiful : scarce|scarce : plentiful|domestic : imported|left : arrived|visitor away : host home|
host : visitor|defender : attacker striker|teammate : opponent|majority : none|
exclusively only solely : partly
"""
