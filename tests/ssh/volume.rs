//! A directory of a simulated node on a volume of its own, which can be full or read-only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

pub struct Volume(PathBuf);

fn mount(args: &[&str], at: &Path) -> bool {
    Command::new("mount").args(args).arg(at).output().is_ok_and(|said| said.status.success())
}

fn copy(from: &Path, to: &Path) {
    let from = from.join(".");
    assert!(
        Command::new("cp").arg("-a").arg(&from).arg(to).status().unwrap().success(),
        "cp -a {}",
        from.display()
    );
}

impl Volume {
    /// Puts a volume under everything that is in a directory; none where this user may not mount.
    pub fn under(directory: &Path) -> Option<Self> {
        let aside = directory.with_extension("aside");
        fs::create_dir(&aside).unwrap();
        if !mount(&["-t", "tmpfs", "-o", "size=64m,mode=755", "none"], &aside) {
            fs::remove_dir(&aside).unwrap();
            println!("skipped: volumes cannot be mounted here");
            return None;
        }
        // Whatever fails from here, nothing stays mounted.
        let volume = Self(directory.to_owned());
        copy(directory, &aside);
        assert!(mount(&["--bind", aside.to_str().unwrap()], directory));
        assert!(Command::new("umount").arg(&aside).status().unwrap().success());
        fs::remove_dir(&aside).unwrap();
        Some(volume)
    }

    fn becomes(&self, option: &str) {
        let begun = Instant::now();
        // It is busy while somebody writes.
        while !mount(&["-o", &format!("remount,{option}")], &self.0) {
            assert!(begun.elapsed() < Duration::from_secs(20), "remount,{option}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// There is no room for another byte.
    pub fn fills(&self) {
        let begun = Instant::now();
        loop {
            let said =
                Command::new("df").args(["--output=used", "-k"]).arg(&self.0).output().unwrap();
            let used =
                String::from_utf8_lossy(&said.stdout).split_whitespace().last().unwrap().to_owned();
            // Somebody may have written more meanwhile.
            if mount(&["-o", &format!("remount,size={used}k")], &self.0) {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "remount,size={used}k");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn becomes_read_only(&self) {
        self.becomes("ro");
    }

    /// There is room, and it can be written.
    pub fn is_put_right(&self) {
        self.becomes("rw,size=64m");
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        for at in [&self.0, &self.0.with_extension("aside")] {
            let _ = Command::new("umount").arg("-l").arg(at).output();
        }
    }
}
