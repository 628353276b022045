//! Diffs as a person reads them.

use calha::document::diff;
use calha::op::effect::edit;

use crate::as_they_come::ICS_CONF;
use crate::wanted::{block, set_block};

#[test]
fn a_diff_masks_every_line_it_prints() {
    let before = b"a=\"1\"\n!x\nlocal.cred = \"kept\"\nb=\"2\x1b[0m\"\r\nlocal.bindpw=\"runs\n\
        on\"\nf=\"\xff\"\ng=\"7\"\nh=\"8\"\ni=\"9\"\nj=\"10\"\nlast=\"old\"";
    let after = b"a=\"1\"\n!x\nlocal.cred = \"kept\"\nb=\"3\"\nlocal.bindpw=\"goes\noff\"\n\
        f=\"\xff\"\ng=\"7\"\nh=\"8\"\ni=\"9\"\nj=\"10\"\nlast=\"new\"\n";
    assert_eq!(
        diff(before, after, "/cal/config/ics.conf"),
        r#"--- /cal/config/ics.conf
+++ /cal/config/ics.conf
@@ -1,12 +1,12 @@
 a="1"
 !x
 local.cred = "****"
-b="2^[[0m"^M
-local.bindpw="****"
-****
+b="3"
+local.bindpw="****"
+****
 f="�"
 g="7"
 h="8"
 i="9"
 j="10"
-last="old"
\ No newline at end of file
+last="new"
"#
    );
    assert_eq!(diff(before, before, "x"), "");
}

#[test]
fn a_diff_of_appending_shows_the_end_only() {
    let after = edit(ICS_CONF.as_bytes(), &[set_block()]);
    let shown = diff(ICS_CONF.as_bytes(), &after, "ics.conf");
    let added: String = block().text.lines().map(|line| format!("+{line}\n")).collect();
    let head = "--- ics.conf\n+++ ics.conf\n\
        @@ -7,3 +7,21 @@\n !!service.listenaddr = \"INADDR_ANY\"\n !local.servername=\"x\"\n \
                local.enduseradmincred = \"****\"\n";
    assert_eq!(shown, format!("{head}{added}"));
}
