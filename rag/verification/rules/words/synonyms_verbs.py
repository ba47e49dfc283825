"""Verbs of news English that can stand for one another: the first of a line is its plainest.

A verb with a particle is written with `_`; a word may stand in several lines, one for each sense.
"""

VERBS = """
say tell state note add remark comment comment_on mention observe put_it explain report declare|say
announce declare reveal disclose unveil make_known publish|say insist maintain stress emphasise
emphasize reiterate underline assert|say argue contend claim suggest maintain|say admit acknowledge
concede confess accept own_up|say warn caution alert|say describe call label term dub brand
characterise characterize refer|confirm verify corroborate acknowledge affirm|announce unveil launch
introduce present release|claim allege assert contend accuse|accuse blame charge allege|ask request
seek call_for appeal urge invite|ask inquire question quiz query interrogate interview grill|answer
reply respond react|urge call_for press demand appeal encourage exhort push|demand insist call_for
require|promise pledge vow swear commit undertake guarantee|threaten warn|propose suggest recommend
advise put_forward float advocate|hint suggest imply indicate signal intimate|show reveal
demonstrate indicate suggest prove expose illustrate|show display exhibit feature present|find
discover uncover detect identify locate learn unearth spot|conclude find determine decide rule|
decide choose opt resolve determine elect|pick select opt name|judge find|plan intend aim mean
propose prepare hope expect look|intend want wish hope aim seek|want wish desire like|hope wish
aspire|expect forecast predict anticipate project estimate foresee tip envisage reckon|estimate
calculate reckon put value|believe think feel consider reckon regard view see suspect|consider
think_about weigh mull ponder contemplate|consider examine study review look_at look_into|suspect
believe fear|fear worry dread|know realise understand recognise|understand grasp comprehend realise|
remember recall|forget overlook|rise climb increase grow jump soar surge leap go_up gain advance
mount swell shoot_up rocket edge_up creep_up pick_up rally|rise increase raise boost lift push_up
put_up hike up step_up|boost lift help strengthen bolster increase enhance buoy fuel spur stimulate
aid|fall drop decline decrease slide slip sink tumble plunge plummet go_down dip slump dive shrink
ease come_down|cut reduce lower slash trim decrease shrink curb lessen scale_back cut_back cut_down
axe pare slim bring_down|cut cancel scrap axe drop abolish shed|limit restrict cap curb restrain
constrain|double twofold|triple treble threefold|halve|expand grow extend widen enlarge broaden
develop|extend prolong lengthen stretch continue|shrink contract|exceed surpass top beat overtake
pass outstrip outnumber|reach hit touch attain achieve stand_at total amount|total amount add_up
number|improve better enhance upgrade recover|worsen deteriorate aggravate exacerbate|recover
rebound bounce_back rally improve|weaken erode undermine soften hurt|strengthen reinforce firm
harden|change alter modify amend adjust shift revise reform transform|replace succeed substitute
take_over supersede|stay remain keep hold|continue carry_on go_on proceed persist keep remain last|
start begin launch commence open kick_off get_under_way initiate embark set_off set_out|start found
establish set_up launch build|found establish set_up create form launch start institute|create make
produce generate develop build form|cause lead_to trigger prompt spark provoke bring_about result_in
produce create set_off|prompt lead cause spur force push drive|end finish conclude close complete
stop cease terminate wrap_up wind_up|end halt stop call_off suspend discontinue cease break_off|halt
cease prevent block quit|stop prevent block bar hinder ban thwart keep|stop quit give_up abandon
drop|abandon drop scrap ditch give_up shelve abort|cancel call_off scrap abandon drop shelve axe|
delay postpone put_off put_back defer hold_up push_back|suspend halt freeze|close shut shut_down|
open unveil inaugurate|win triumph take secure clinch earn gain claim capture collect land scoop|win
beat defeat overcome|beat defeat overcome thrash crush see_off edge overpower rout topple down
knock_out|lose forfeit suffer|lose shed drop|draw tie level|score net hit grab strike|play compete
feature appear|lead top run|lead head run chair command direct manage|lead guide steer take|trail
lag|finish come end|qualify advance progress reach|agree accept consent approve assent settle|agree
reach strike sign clinch seal|accept approve agree embrace welcome back take_up|approve back endorse
pass clear authorise authorize ratify sanction support give_the_go-ahead|reject refuse turn_down
dismiss rebuff decline spurn throw_out rule_out deny|deny reject dismiss refute rebut dispute
repudiate contest|oppose object resist be_against fight reject|support back endorse favour favor
champion stand_by be_in_favour stand_behind defend|support help aid assist sustain|help allow enable
let|allow let permit enable authorise authorize|ban bar prohibit outlaw forbid block|force compel
oblige make require push|criticise attack condemn denounce slam blast lambast slate deplore hit_out
rebuke censure fault|praise hail applaud commend laud salute pay_tribute welcome compliment acclaim|
welcome greet hail embrace|thank express_gratitude|apologise say_sorry express_regret|complain
protest grumble object moan|protest demonstrate march rally|buy purchase acquire take_over snap_up
obtain|sell offload dispose_of sell_off|pay invest outlay|pay spend fork_out hand_over settle|fund
finance bankroll sponsor pay back|earn make take gross|cost set_back|save conserve preserve|invest
put pour plough inject spend|borrow take_out|lend loan|own possess hold have control|offer propose
bid give provide|offer give provide supply make_available grant|give hand grant donate award provide
present pass|give donate contribute hand_over|provide supply give deliver furnish offer|send
dispatch deliver ship transmit deploy|receive get obtain be_given accept collect gain|get obtain
gain acquire receive secure win|take seize grab capture|seize capture confiscate take take_over
impound|steal rob take pinch|take bring carry transport|bring carry take deliver|hold stage host run
organise|keep detain have|hold grip|organise arrange stage plan set_up|take_place happen occur hold
go_ahead be_held|happen occur take_place come_about|meet gather convene assemble come_together|meet
hold_talks see talk|talk speak discuss converse|discuss debate talk_about negotiate address|
negotiate bargain discuss talk|visit travel tour go call_on|travel go journey fly head|go travel
head leave move|move shift relocate transfer switch|move proceed|arrive come reach land turn_up|
leave depart quit exit go walk_out|leave resign stand_down retire|resign quit step_down stand_down
leave give_up go|retire quit step_down bow_out|join sign_up enter enrol team_up|join sign link_up|
return come_back go_back|return give_back hand_back|flee escape run_away|avoid evade dodge avert
prevent escape|hide conceal cover_up|hire employ recruit take_on appoint|appoint name choose
nominate select pick install|fire sack dismiss lay_off axe let_go oust remove|oust topple overthrow
depose remove unseat|remove take_away withdraw strip delete take_out|withdraw pull_out pull back_out
retreat|elect vote_in choose return|vote cast_ballot|run stand contest campaign|govern rule run|rule
govern reign|kill murder slay shoot_dead assassinate claim|die be_killed perish lose_life pass_away|
injure wound hurt harm|damage injure|damage harm hurt ruin wreck|destroy wreck demolish ruin
devastate flatten raze|attack assault strike hit raid target|attack bomb shell strike bombard|strike
affect|affect influence impact hit|shoot fire gun_down|fight battle combat struggle tackle|clash
battle|tackle address deal_with combat confront fight|face confront encounter|face battle meet
take_on|challenge contest dispute question|challenge defy|invade enter occupy|advance move push|
arrest detain hold apprehend seize pick_up take_into_custody|charge accuse indict|sue take_to_court
take_legal_action|try prosecute|convict find_guilty|acquit exonerate|jail imprison sentence lock_up
incarcerate|release free let_go liberate set_free discharge|release issue publish put_out bring_out
launch|investigate probe examine look_into inquire study|examine study investigate analyse inspect
review check scrutinise scrutinize assess|test check try examine|check verify inspect|monitor watch
track observe keep_an_eye|watch see view look observe|see witness watch view spot|hear listen|look
appear seem|appear emerge come_out|appear star feature perform play|play sing|record tape log
register|write pen author|publish print release issue bring_out|film shoot|broadcast air screen show
transmit|design create devise develop|develop create build work_on|build construct erect put_up
make|make manufacture produce build|repair fix mend restore|restore reinstate bring_back|use employ
utilise utilize deploy make_use|use need consume|need require want|need must|depend rely hinge|rely
depend count|contain include hold have|include contain feature involve comprise consist|involve
include entail|exclude leave_out omit|combine merge unite join|merge combine join amalgamate|split
divide separate break_up|separate split part divide|share divide split|spread extend circulate|
contribute add|add include|learn find_out discover study|teach educate train|train coach teach
prepare|study learn read|prepare get_ready ready plan|try attempt seek bid endeavour endeavor|seek
look_for search hunt try pursue look|search hunt look_for scour|pursue chase follow|follow
come_after succeed|follow obey comply|comply obey abide adhere|break breach violate flout infringe|
break shatter smash|break snap|set fix establish|sign ink agree|protect defend safeguard shield
guard|defend protect justify|ensure guarantee make_sure secure|obtain win guarantee|fail be_unable|
fail collapse|collapse crumble go_bust fall|manage succeed be_able|run handle|handle deal_with cope
manage|tackle handle|work operate function|work be_employed serve|serve act work|run work|run
operate manage|drive motor|crash collide smash hit|burn set_alight|flood inundate|miss skip
be_absent sit_out|lack miss be_without|attend go turn_up be_present|live reside dwell be_based|stay
live|base locate situate headquarter|situate find|rank rate place|compare contrast|link connect
associate tie relate|represent stand_for|mean signify|mean imply|matter count|surprise shock stun
astonish amaze|anger infuriate enrage outrage upset|disappoint let_down|worry concern alarm trouble|
please delight|like enjoy love|hate dislike loathe|celebrate mark commemorate|suffer experience
undergo endure|experience undergo go_through|feel sense|attract draw lure pull_in|raise collect
gather|raise bring_up mention|collect gather amass pick_up|count tally number|measure gauge|cover
include|cover report|enter go_into|press force|pull drag|throw hurl toss|turn become|overturn quash
reverse annul|reverse overturn undo|impose introduce levy slap enforce|lift remove end|introduce
bring_in launch|enforce impose implement|implement carry_out introduce put_into_effect apply|
carry_out conduct perform implement execute do|achieve accomplish attain reach|fulfil meet|submit
file lodge put_in hand_in|apply request|treat look_after|treat handle|cure heal|feed nourish|eat
consume|drink consume|wear dress|walk march|marry wed|divorce split|name call|name identify|identify
recognise|call phone telephone ring|describe portray depict|regard consider see view understand|
ignore disregard neglect overlook|trust rely believe|question doubt query challenge|cite quote
mention give|attribute ascribe put_down credit blame|reassure calm|calm ease soothe|ease relieve
relax loosen|tighten toughen strengthen|patrol guard|rescue save|surrender give_up|recruit enlist
hire|send station|station base deploy|occupy hold control|control run dominate|aim attack|boycott
shun|strike walk_out|resume restart reopen start_again|slow slow_down decelerate|accelerate speed_up
quicken|hurry rush|last run take|pass go|float list|list name|trade deal exchange|exchange swap
trade|export ship|import buy|yield produce|emit release|pollute contaminate|warm heat|shake rattle|
settle resolve end|settle solve|solve resolve crack|escalate intensify step_up|update revise|hack
break_into|appeal challenge|nominate shortlist|honour honor recognise|expire run_out lapse|invoke
use|compensate make_up_for|put_together assemble
"""
