"""Words so general that leaving one without counterpart says little about a claim."""

GENERAL = frozenset(
    """able about act action actually add afterwards again ago ahead aim allow alike almost alone
    along already also although among amount another anybody anyone anything apart appear area
    around ask aside available away back base based be become before begin behind being believe
    best better bid big bit both bring broad build call carry case cause certain chance change
    choice choose claim clear close come comment company complete concern condition consider
    contain continue control could count country couple course cover create current cut date day
    deal decide decision describe description despite detail develop different difficult
    difficulty direct do down draw due during each early easy effect effort either else enable
    end enough enter entire especially even event ever every everybody everyone everything
    exactly example except exist expect explain extra face fact fail fall far favour feel few
    field figure fill final finally find finish firm first follow force form former forward
    found free full further gain general get give go goal good government great ground group
    grow half hand happen hard have head hear height help here high hold home hope hour however
    idea immediately important include increase indeed indicate instead intend involve issue
    item itself job join just keep kind know known lack large last late later latter lead least
    leave less let level lie life light like likely limit line list little live local long look
    lose lot low main mainly make man manage many mark matter may mean meant meanwhile measure
    meet member mention mere merely method middle might mind moment month more most mostly move
    much must name namely near nearly necessary need never new next non normal note nothing
    notice now number object obtain occur off offer official often old once one only open
    opinion order other otherwise out outcome over overall own part participate particular party
    pass past pay people per perhaps period person place plan play please point position
    possible possibility prefer prepare present probably problem process produce progress prove
    provide put quite raise range rate rather reach read ready real really reason receive recent
    record regard related remain remainder report request require respect respond rest result
    return right rise role round row run same save say scale second see seek seem self sell send
    sense separate serve set several shape share short should show side sign similar simply
    since single situation size small so some someone something soon sort source speak specific
    spend spot stage stand start state stay step still stop subject such suggest support suppose
    sure system take talk task team tell term thank thanks then there therefore thing think
    though thought through throughout thus time today together toward treat try turn two type
    under understand unit unlike until up use usual usually various version very view wait want
    watch way week well whole wholly wide will wish within without word work world would year
    yet young""".split()
)
