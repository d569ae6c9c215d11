/* The program of a machine with a 64-bit ARM processor, where a test has no .NET for it. It does what its arguments say,
 * one after the other, and says on the console what became of each; behind the last it switches the machine off.
 *
 *     /lib/modules/FILE    loads a module
 *     /dev/NAME            waits for a disk, and mounts it at /data
 *     /data/NAME           prints a file, which must be short
 *     =NAME                waits for an interface, gives it 10.0.2.15/24, answers what comes to UDP port 53, for ever
 *
 *     aarch64-linux-gnu-as -o stand-in.o stand-in.S && aarch64-linux-gnu-ld -o stand-in stand-in.o
 */
        .equ    ioctl, 29
        .equ    mount, 40
        .equ    openat, 56
        .equ    close, 57
        .equ    read, 63
        .equ    write, 64
        .equ    sync, 81
        .equ    nanosleep, 101
        .equ    reboot, 142
        .equ    getpid, 172
        .equ    socket, 198
        .equ    bind, 200
        .equ    sendto, 206
        .equ    recvfrom, 207
        .equ    finit_module, 273

        .macro  call number
        mov     x8, #\number
        svc     #0
        .endm

        .macro  print text
        adr     x0, \text
        bl      say
        .endm

        .bss
        .balign 8
buffer: .skip   4096
peer:   .skip   16
length: .skip   8

        .text
        .globl  _start
_start: add     x20, sp, #8             /* x20: the next argument, x21: this one */
        print   started
        ldr     x0, [x20], #8
        bl      say
        call    getpid
        cmp     x0, #1
        b.ne    each
        print   first
each:   print   newline
        ldr     x21, [x20], #8
        cbz     x21, off
        print   asked
        mov     x0, x21
        bl      say
        print   colon

        ldrb    w9, [x21]
        cmp     w9, #'='
        b.eq    serve
        cmp     w9, #'/'
        b.ne    ignore
        ldrb    w9, [x21, #2]           /* /lib, /dev and /data differ in their third letter */
        cmp     w9, #'i'
        b.eq    load
        cmp     w9, #'e'
        b.eq    attach
        cmp     w9, #'a'
        b.eq    show
ignore: print   unknown
        b       each

load:   bl      open
        tbnz    x0, #63, result
        mov     x22, x0
        adr     x1, nothing
        mov     x2, #0
        call    finit_module
        mov     x23, x0
        mov     x0, x22
        call    close
        mov     x0, x23
result: cbnz    x0, failed
        print   done
        b       each
failed: neg     x0, x0                  /* the kernel's number for what is wrong */
        bl      number
        b       each

attach: mov     x0, x21                 /* mount(device, "/data", "ext4", none, none) */
        adr     x1, data
        adr     x2, ext4
        mov     x3, #0
        mov     x4, #0
        call    mount
        cmn     x0, #2                  /* no such file: the disk has not been found yet */
        b.eq    1f
        cmn     x0, #6                  /* no such device, by its other number */
        b.ne    result
1:      bl      wait
        b       attach

show:   bl      open
        tbnz    x0, #63, result
        ldr     x1, =buffer
        mov     x2, #4095
        call    read
        tbnz    x0, #63, result
        ldr     x9, =buffer
        strb    wzr, [x9, x0]
        mov     x0, x9
        bl      say
        b       each

serve:  mov     x0, #2                  /* a socket for UDP over IPv4 */
        mov     x1, #2
        mov     x2, #0
        call    socket
        tbnz    x0, #63, result
        mov     x22, x0
        add     x9, x21, #1             /* the interface's name, into each request */
        ldr     x10, =request
1:      ldrb    w11, [x9], #1
        strb    w11, [x10], #1
        cbnz    w11, 1b
2:      ldr     x9, =0x0f02000a00000002 /* AF_INET, 10.0.2.15 */
        mov     x1, #0x8916             /* SIOCSIFADDR */
        bl      set
        cmn     x0, #19                 /* no such interface yet */
        b.ne    3f
        bl      wait
        b       2b
3:      cbnz    x0, failed
        ldr     x9, =0x00ffffff00000002 /* 255.255.255.0 */
        mov     x1, #0x891c             /* SIOCSIFNETMASK */
        bl      set
        mov     x9, #0x41               /* up and running */
        mov     x1, #0x8914             /* SIOCSIFFLAGS */
        bl      set
        cbnz    x0, failed
        mov     x0, x22
        ldr     x1, =here
        mov     x2, #16
        call    bind
        cbnz    x0, failed
        print   serving
answer: mov     x9, #16
        ldr     x5, =length
        str     x9, [x5]
        mov     x0, x22
        ldr     x1, =buffer
        mov     x2, #4096
        mov     x3, #0
        ldr     x4, =peer
        call    recvfrom
        tbnz    x0, #63, answer
        mov     x2, x0
        mov     x0, x22
        ldr     x1, =buffer
        mov     x3, #0
        ldr     x4, =peer
        mov     x5, #16
        call    sendto
        b       answer

set:    ldr     x2, =request            /* ioctl(socket, x1, interface with x9) */
        str     x9, [x2, #16]
        mov     x0, x22
        call    ioctl
        ret

open:   mov     x0, #-100               /* below the current folder, which is / */
        mov     x1, x21
        mov     x2, #0
        call    openat
        ret

off:    print   end
        call    sync
        ldr     x0, =0xfee1dead
        ldr     x1, =0x28121969
        ldr     x2, =0x4321fedc
        call    reboot
        b       .

wait:   adr     x0, moment
        mov     x1, #0
        call    nanosleep
        ret

say:    mov     x1, x0                  /* prints a text that ends in zero */
        mov     x2, #0
1:      ldrb    w9, [x1, x2]
        cbz     w9, 2f
        add     x2, x2, #1
        b       1b
2:      mov     x0, #1
        call    write
        ret

number: mov     x29, x30                /* prints a number below 1000 */
        ldr     x1, =buffer + 8
        strb    wzr, [x1]
        mov     x10, #10
1:      udiv    x11, x0, x10
        msub    x12, x11, x10, x0
        add     w12, w12, #'0'
        strb    w12, [x1, #-1]!
        mov     x0, x11
        cbnz    x0, 1b
        mov     x21, x1
        print   fault
        mov     x0, x21
        bl      say
        ret     x29

        .data
        .balign 8
request:
        .skip   40
here:   .short  2, 0x3500               /* AF_INET, port 53, any address */
        .skip   12

        .section .text.words, "ax"       /* near enough for adr */
        .balign 8
moment: .quad   0, 100000000            /* a tenth of a second */
started: .asciz "stand-in: started as "
first:  .asciz  ", the first process"
asked:  .asciz  "stand-in: "
colon:  .asciz  ": "
done:   .asciz  "done"
unknown: .asciz "an argument"
fault:  .asciz  "error "
serving: .asciz "serving\n"
end:    .asciz  "stand-in: the end\n"
newline: .asciz "\n"
data:   .asciz  "/data"
ext4:   .asciz  "ext4"
nothing: .byte  0
