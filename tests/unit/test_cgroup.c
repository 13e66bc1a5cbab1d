#include "agent/cgroup.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define POD "/kubepods-burstable-pod1b2c3d4e_0000_1111_2222_333344445555.slice"

START_TEST(each_runtime_is_recognised)
{
	static const char *const paths[] = {
		"0::/system.slice/docker-" ID ".scope\n",
		"12:pids:/docker/" ID "\n",
		"0::/kubepods.slice" POD "/cri-containerd-" ID ".scope\n",
		"0::/kubepods.slice" POD "/crio-" ID ".scope\n",
		"0::/machine.slice/libpod-" ID ".scope/container\n",
		"0::/kubepods/besteffort/pod1b2c3d4e/" ID "\n",
		"1:name=systemd:/\n0::/docker/" ID "/init.scope\n",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct workload w;

		ck_assert_msg(cgroup_container(paths[i], strlen(paths[i]), &w),
		    "%s", paths[i]);
		ck_assert_int_eq(w.kind, WORKLOAD_CONTAINER);
		ck_assert_str_eq(w.id, ID);
	}
}
END_TEST

START_TEST(a_container_of_lxc_has_a_name)
{
	static const char *const paths[] = { "0::/lxc.payload.web-1\n",
		"0::/lxc/web-1/ns\n", "0::/lxc.payload.web-1/init.scope" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct workload w;

		ck_assert(cgroup_container(paths[i], strlen(paths[i]), &w));
		ck_assert_str_eq(w.name, "web-1");
		ck_assert_str_eq(w.id, "lxc:web-1");
	}
}
END_TEST

START_TEST(of_nested_containers_the_innermost_counts)
{
	static const char path[] =
	    "0::/docker/ffffffffffffffffffffffffffffffffffffffffffffffffffffff"
	    "ffffffffff/kubelet/kubepods/crio-" ID ".scope\n";
	struct workload w;

	ck_assert(cgroup_container(path, sizeof(path) - 1, &w));
	ck_assert_str_eq(w.id, ID);
}
END_TEST

START_TEST(what_is_no_container_is_none)
{
	static const char *const paths[] = { "", "0::/\n",
		"0::", "0::/user.slice/user-1000.slice/session-3.scope\n",
		"0::/machine.slice/machine-qemu\\x2d3\\x2dweb.scope\n",
		"0::/qemu.slice/101.scope\n", "\n\n\n", "0::/lxc\n",
		"0::/docker/0123456789abcdef\n", "0::/lxc.payload.\n" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct workload w;

		ck_assert_msg(!cgroup_container(paths[i], strlen(paths[i]), &w),
		    "%s", paths[i]);
	}
}
END_TEST

START_TEST(a_text_cut_anywhere_does_no_harm)
{
	static const char path[] =
	    "1:a:/lxc/x\n0::/docker/" ID "/crio-" ID ".scope\n";

	for (size_t size = 0; size < sizeof(path); size++) {
		char *cut = malloc(size + 1);
		struct workload w;

		cut = realloc(cut, size ? size : 1);
		memcpy(cut, path, size);
		(void)!cgroup_container(cut, size, &w);
		free(cut);
	}
}
END_TEST

SUITE("cgroup", each_runtime_is_recognised, a_container_of_lxc_has_a_name,
    of_nested_containers_the_innermost_counts, what_is_no_container_is_none,
    a_text_cut_anywhere_does_no_harm)
