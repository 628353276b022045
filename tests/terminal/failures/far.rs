//! A site that was healthy and is reached by a real ssh, and a node that does not let anybody in.

use std::cell::RefCell;

use super::{Failure, NOTHING};
use crate::far::Far;
use crate::sshd::installed;
use crate::thorough::thorough;

#[test]
fn a_node_lets_calha_in_again_by_what_is_printed() {
    if !(thorough() && installed()) {
        return;
    }
    let Far { site, servers } = Far::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let servers = RefCell::new(servers);
    let key = Failure {
        name: "the host key has changed",
        cause: &|_| servers.borrow_mut().get_mut("Node2").unwrap().gets_another_key(),
        says: &["Host key for [127.0.0.1]:", "has changed", "compare its host key"],
        hands: NOTHING,
    };
    key.is_got_out_of(&site);

    let far = Far { site, servers: servers.take() };
    far.becomes_by_su(&["Node2"]);
    far.password_is("open barley");
    let password = Failure {
        name: "the password of su is wrong",
        cause: NOTHING,
        says: &["su: Sorry", "write the right password into /", "node.Node2.become-password"],
        hands: &|_| far.password_is("open sesame"),
    };
    password.is_got_out_of(&far.site);
}
