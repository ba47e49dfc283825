"""Words of news English that contradict one another in the same place, side against side."""

OPPOSITES = """
keep retain hold_on_to : give_up relinquish surrender|go_ahead press_ahead : call_off scrap|
unanimous : divided|hold_to_blame : clear_of_blame|go_up more rise climb increase grow jump soar
surge up gain higher high upward leap rocket advance rally upturn raise boost lift hike expand :
go_down fewer less fall drop decline decrease slide slip sink tumble plunge plummet down slump dive
shrink lower low downward cut reduce slash dip downturn contract lose ease weaken|more majority
extra additional : less few fewer fewest minority|increase raise widen expand extend lengthen
strengthen : decrease reduce narrow cut shorten weaken limit lower lessen diminish|obey follow toe :
defy flout|encourage urge promote : frown_on frown discourage deter|release : withhold|repay refund
: withhold keep|broaden : narrow|praise welcome : lament deplore|win victory triumph beat champion
clinch : lose defeat loser runner-up|beat defeat overcome thrash : lose_to draw tie|success :
failure unsuccessful collapse|pass : fail|accept approve agree welcome embrace adopt take_up consent
endorse back ratify grant : reject refuse turn_down dismiss decline spurn rebuff throw_out oppose
deny veto|confirm admit acknowledge concede accept verify : deny reject dismiss refute dispute|allow
permit let authorise authorize enable legalise approve : ban bar prohibit forbid block prevent
outlaw stop refuse|legal lawful legitimate : illegal unlawful illegitimate|support back favour favor
endorse champion defend praise ally pro : oppose criticise condemn attack resist object fight anti|
praise hail applaud welcome commend compliment acclaim laud pay_tribute : criticise condemn attack
denounce slam blast lambast blame fault|agree agreement consensus : disagree disagreement dispute
object|before earlier ahead_of prior_to previously beforehand : after following later afterwards
subsequently since|first opening initial earliest : last final latest closing|begin start launch
open commence kick_off get_under_way set_up resume : end finish stop close conclude halt cease shut
completion abandon suspend cancel|open reopen : close shut shut_down closure|launch introduce impose
create establish adopt : scrap abolish abandon drop axe cancel lift withdraw shelve|impose tighten
toughen introduce : lift ease relax remove scrap loosen|continue keep carry_on go_on remain retain
maintain preserve stay : stop end halt quit abandon scrap cease drop change suspend leave|go_ahead
proceed : call_off cancel postpone delay abandon|postpone delay : bring_forward hasten|join enter :
leave quit exit depart withdraw|enter arrive come : leave exit depart go|stay remain : go depart
move|appoint hire employ recruit take_on reinstate : sack fire dismiss lay_off oust axe remove|hire
appoint : resign quit step_down|import : export|spend : save earn|profit surplus gain : loss deficit
debt|rich wealthy affluent : poor impoverished|cheap inexpensive affordable : expensive dear|strong
robust solid powerful : weak feeble fragile|good positive well improve healthy : bad poor negative
worsen deteriorate|improve recover better upgrade : worsen deteriorate decline|optimistic hopeful
confident upbeat optimism : pessimistic gloomy pessimism doubtful|hope : fear|happy pleased
delighted glad satisfied : unhappy angry disappointed furious upset sad dissatisfied|like love enjoy
: hate dislike|safe secure : dangerous unsafe risky hazardous|easy simple easily : difficult hard
tough complicated complex|fast quick rapid swiftly : slow slowly sluggish|big large huge major
massive great biggest largest : small little tiny minor smallest|long longer longest : short shorter
shortest brief|tall high : low short|broad : narrow|old older oldest elderly : young new younger
youngest|early sooner : late later|hot warm : cold cool chill|full : empty partial|secret private
closed-door : public open|rare seldom unusual : common frequent often usual|always : sometimes
occasionally rarely seldom|often frequently regularly repeatedly : rarely seldom never occasionally
once|once : twice|never : always once ever|everyone everybody all every : nobody none no_one some
few|all every entire whole both : some none part half few neither|both : one|guilty convict :
innocent acquit cleared exonerate|convict jail imprison : acquit clear free release|jail imprison
arrest detain hold capture seize : release free let_go liberate|prosecution prosecutor : defence
defense defendant|alive living : dead killed|survive : perish|kill die : survive rescue save|born
birth : die|marry wed : divorce separate|war conflict : peace truce ceasefire|attacker : victim|
invade advance : retreat withdraw|enemy foe rival opponent adversary : ally friend partner
supporter|hero : villain|top best leading first : bottom worst|upper : lower|north : south|east :
west|northeast : southwest|northwest : southeast|left left-wing : right right-wing|liberal :
conservative|democrat : republican|male man boy : female woman girl|father : mother|son : daughter|
husband : wife|brother : sister|parent : child|student pupil : teacher|employer : employee worker|
landlord : tenant|doctor : patient|urban : rural|domestic home : foreign overseas abroad|local :
national international global|national : international|indoor : outdoor|day : night|morning :
evening afternoon night|summer : winter|spring : autumn|today : yesterday tomorrow|yesterday :
tomorrow|last past previous : next coming following upcoming future forthcoming|former ex : current
present incumbent|temporary interim temporarily provisional : permanent|likely probable : unlikely
improbable|possible able : impossible unable|certain sure certainty : uncertain doubtful unsure|
clear obvious : unclear ambiguous|know : unknown|true accurate correct right : false untrue wrong
inaccurate incorrect|truth : lie|prove proven : disprove unproven|official : unofficial|formal :
informal|mandatory compulsory obligatory : voluntary optional|deliberate intentional : accidental
unintentional|include contain : exclude omit|inside within : outside beyond|above over exceed
more_than : below under less_than|exceed surpass : fall_short miss|meet reach achieve hit : miss
fall_short fail|win gain earn : lose forfeit|find discover : lose|hide conceal : expose show|reveal
disclose publish : hide conceal withhold|remember recall : forget|ignore neglect overlook : notice
heed address consider|obey comply : defy disobey breach violate break|keep honour honor : break|
build construct erect : demolish destroy knock_down|create : destroy|repair fix mend : break damage|
protect defend guard : attack harm expose threaten|help assist aid : hinder hurt harm hamper|invite
: discourage deter|persuade : dissuade|attract draw : repel deter|connect link unite join merge
unify : separate divide split disconnect|unity : divide split|together jointly : separately alone
apart|front : back rear|forward : backward back|with : without|maximum most : minimum least|minimum
at_least : maximum at_most up_to|gross : net|wholesale : retail|demand : supply|shortage lack
scarcity : surplus abundance plenty excess|trust confidence believe : distrust mistrust doubt|
believe : disbelieve|calm ease soothe reassure : worry alarm|tension : calm|escalate intensify :
ease defuse calm|violence : peace|brave : cowardly|friendly warm : hostile cold|proud : ashamed|
famous well-known renowned : unknown obscure|popular : unpopular|independent : dependent|armed :
unarmed|married : single unmarried|vegetarian : carnivore|qualify : miss_out fail eliminate|advance
progress : exit crash_out|promote : relegate demote|score : concede miss|win : draw|attack offensive
: defence defense|fit healthy : injured unfit ill|recover : relapse|vaccinated : unvaccinated|sober
: drunk|employ : unemployed|wet : dry|rain : drought|flood : drought|clean : dirty pollute|sunny :
rainy cloudy|thick : thin|deep : shallow|sharp sharply steeply dramatically significantly : slightly
marginally gradually gently modestly|slightly : massively|immediately at_once : later eventually|
partly partially : wholly|completely fully entirely totally : partly partially|directly :
indirectly|main chief key : minor|important crucial vital : unimportant trivial|serious severe grave
: minor mild slight|severe heavy : mild light|harsh : lenient|active : inactive passive|present
attend : absent miss|attend : boycott skip|vote_for support back favour : vote_against oppose
reject|yes : no|with_help : alone|single : double several multiple|individual : collective|different
: same similar identical|usual normal ordinary : unusual abnormal extraordinary|natural :
artificial|real genuine authentic : fake false counterfeit|original : copy fake|theory : practice|
success : setback|breakthrough : setback|blow setback : boost|boom : bust|recovery growth boom :
recession slump downturn|inflation : deflation|bull : bear|creditor : debtor|offence : defence|
convince : fail|free : captive|liberate : occupy|victor : vanquished|senior : junior|major : junior|
superior : inferior|ancient : modern|traditional : modern|digital : analogue analog|online :
offline|wired : wireless|voluntarily willingly keen eager : reluctantly unwilling forced|unanimous :
narrowly split|narrowly narrow : comfortably easily overwhelmingly convincingly wide|slim : large
overwhelming|best-selling : worst-selling|cause : prevent cure|overturn quash reverse annul : uphold
affirm|plead_guilty : deny plead_not_guilty|charge accuse : clear exonerate|blame : exonerate
credit|thank : blame|apologise : refuse|comment : refuse|sign : reject|ceasefire : fighting|withdraw
pull_out : deploy advance stay|deploy send : withdraw recall|nominate : reject|elect re-elect : oust
defeat|keep retain hold : lose drop relinquish|defend : relinquish|double triple treble : halve|
underestimate : overestimate|overvalued : undervalued|unblock : block|abandon : rescue|hardly barely
scarcely : fully easily|scarce : plentiful|domestic : imported|visitor away : host home|defender :
striker|teammate : opponent|majority : none|exclusively only solely : partly
"""
