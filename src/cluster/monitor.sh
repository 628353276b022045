# For the monitor code of a resource type: under which of its two names a version is registered,
# VENDOR.NAME:VERSION or, as on Sun Cluster 3.0 and without #$upgrade, VENDOR.NAME.
#
#   calha_rt_name VENDOR.NAME VERSION     prints the name; status 1: that version is not registered
#   calha_rt_of RESOURCE                  prints the name of a resource's type, with its version
#
# Both are for the Bourne shell and need nothing but the cluster's own commands.

calha_rt_name() {
    calha_rt_version=`/usr/cluster/bin/scha_resourcetype_get -O RT_VERSION -T "$1" 2>/dev/null`
    if [ "X$calha_rt_version" = "X$2" ]
    then
        echo "$1"
        return 0
    fi
    calha_rt_version=`/usr/cluster/bin/scha_resourcetype_get -O RT_VERSION -T "$1:$2" 2>/dev/null`
    if [ "X$calha_rt_version" = "X$2" ]
    then
        echo "$1:$2"
        return 0
    fi
    return 1
}

calha_rt_of() {
    calha_rt_type=`/usr/cluster/bin/scha_resource_get -O Type -R "$1" 2>/dev/null`
    if [ "X$calha_rt_type" = "X" ]
    then
        return 1
    fi
    echo "$calha_rt_type"
}
