//! Documents as they come.

pub const VFSTAB: &str = "#device\t\tdevice\t\tmount\n#\nfd\t-\t/dev/fd\tfd\t-\tno\t-\n\
    /dev/dsk/c0t0d0s1\t-\t-\tswap\t-\tno\t-\n\n\
                      /dev/did/dsk/d1s3 /dev/did/rdsk/d1s3 /global/.devices/node@1 ufs 2 no global\n";

pub const ICS_CONF: &str = "!\n! Calendar Server\n!\nlocal.hostname = \"node1\"\n\
    service.http.port=\"80\"\nservice.http.port=\"8080\"\n\
    !!service.listenaddr = \"INADDR_ANY\"\n!local.servername=\"x\"\n\
    local.enduseradmincred = \"geheim\"\n";
