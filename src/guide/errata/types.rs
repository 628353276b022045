//! What is wrong in the second guide, where it tells how a resource type is modified.

use crate::guide::Erratum;
use crate::guide::Evidence::{Confirmed, Inferred};

/// The chapter about modifying a resource type, in its order.
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E76",
        "second guide, directives",
        "WHEN_UNMONITORED: Stop and others are compatible with the start methods Prenet_stop and \
         Start",
        "No method is called Prenet_stop. What starts a resource is Prenet_start and Start; what \
         stops it is Stop and Postnet_stop.",
        "Read Prenet_start. calha rt diff asks for Prenet_start, and calha rt lint warns of a \
         property Prenet_stop.",
        Confirmed,
    ),
    Erratum::new(
        "E77",
        "second guide, directives",
        "WHEN_OFFLINE: Update, Stop, Monitor_check or Postnet_stop are compatible with the old \
         Init, and not with the old start methods Prenet_stop and Start",
        "These methods work on what was started, not on what Init has prepared. The undoing of \
         Init is Fini, as the paragraph about WHEN_UNMONITORED has it; and Prenet_stop is \
         Prenet_start.",
        "Read: Fini fits the old Init, and Update, Stop, Monitor_check or Postnet_stop do not fit \
         the old Prenet_start or Start. calha rt diff asks these two questions apart.",
        Inferred,
    ),
    Erratum::new(
        "E78",
        "second guide, directives",
        "#$upgrade_from with the version \"\" is for a type without a version, or for any version \
         that is not listed",
        "Two readings. The first manuals of 3.1 have only the type without a version; those from \
         3.1 8/05 on add any other version. The same page says that a version that is not listed \
         counts as WHEN_UNMANAGED. No document says what the cluster does where the two differ.",
        "The stricter reading: \"\" is a type without a version, and a version that is not listed \
         counts as WHEN_UNMANAGED. Where \"\" says WHEN_UNMANAGED, as in example 4-1, both \
         readings are the same. calha rt bump says so when it writes such a line.",
        Confirmed,
    ),
    Erratum::new(
        "E79",
        "second guide, directives",
        "example 4-1: six lines #$upgrade_from and nothing before them",
        "The text demands #$upgrade before them. Without it the type is registered \
         without its version, as the section about names says.",
        "calha rt lint warns of #$upgrade_from without #$upgrade, and calha rt bump writes both.",
        Confirmed,
    ),
    Erratum::new(
        "E80",
        "second guide, what an upgrade does",
        "an upgrade from a version that is not supported fails",
        "The same chapter gives a version that is not listed the tunability WHEN_UNMANAGED, so its \
         resources can move. Both cannot hold.",
        "A version that is not listed counts as WHEN_UNMANAGED: calha rt show has it in a row of \
         its own. Only AT_CREATION, and a new version without #$upgrade, mean that a \
         resource has to be deleted and created again.",
        Confirmed,
    ),
    Erratum::new(
        "E81",
        "second guide, method code",
        "Stop, Postnet_stop and Fini can be used on resources that the old Start, Prenet_stop or \
         Init has started",
        "The same slip as in E76: no method is called Prenet_stop.",
        "Read Start, Prenet_start or Init.",
        Confirmed,
    ),
    Erratum::new(
        "E82",
        "second guide, documentation",
        "turn off the monitoring of all resource types",
        "A type has no monitoring, its resources have; and other types are not concerned.",
        "The monitoring of all resources of the type that is upgraded. The page of calha rt \
         document has the command.",
        Inferred,
    ),
    Erratum::new(
        "E83",
        "second guide, lost lists",
        "\"the following characters\", \"the following questions\", \"as follows\", and nothing \
         after it",
        "Copies of the page in Korean have lost their lists: the forbidden characters of \
         RT_version, what an upgrade does, the packaging questions, and what the documentation has \
         to say. The English edition has them.",
        "calha takes the lists of the English edition.",
        Confirmed,
    ),
];
